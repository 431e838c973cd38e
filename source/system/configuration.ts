// The user's configuration and the project's. Flags override the user's file, which overrides the project's. The
// project's may set only the appearance: the agent can write it.
//
//   ${XDG_CONFIG_HOME:-~/.config}/autonomous-tui/config.json      {"theme":"light","restSeconds":10}
//   <project>/.autonomous-tui.json                                {"theme":"dark"}

import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as z from 'zod/mini';
import { cleanLine } from '../core/text/clean.ts';
import { defaultRunSettings, type RunSettings } from '../core/run/settings.ts';
import { errorMessage } from '../core/text/error-message.ts';
import { readSmallFile } from './files/safe-file.ts';
import type { Environment } from './state/state-files.ts';

const seconds = z.number().check(z.gte(0), z.lte(86_400));

const appearance = {
  theme: z.optional(z.enum(['dark', 'light', 'colour-blind'])),
  glyphs: z.optional(z.enum(['unicode', 'ascii'])),
};

const projectFile = z.object(appearance);

const userFile = z.strictObject({
  ...appearance,
  codex: z.optional(z.string()),
  restSeconds: z.optional(seconds),
  interruptGraceSeconds: z.optional(seconds),
  terminateGraceSeconds: z.optional(seconds),
  lingerSeconds: z.optional(seconds),
  resetMarginSeconds: z.optional(seconds),
  longestBackOffSeconds: z.optional(seconds),
  lookAgainSeconds: z.optional(seconds),
  silentSeconds: z.optional(seconds),
  commandSeconds: z.optional(seconds),
  networkSeconds: z.optional(seconds),
  sessionsAtOnce: z.optional(z.int().check(z.gte(1), z.lte(64))),
  mouse: z.optional(z.enum(['on', 'off'])),
  keys: z.optional(z.record(z.string(), z.union([z.string(), z.array(z.string())]))),
  toolEnvironment: z.optional(z.enum(['codex', 'core'])),
});

export type Configuration = {
  /** Null: follows the terminal's background. */
  theme: 'dark' | 'light' | 'colour-blind' | null;
  /** Null: follows the locale. */
  glyphs: 'unicode' | 'ascii' | null;
  codex: string | null;
  mouse: 'on' | 'off';
  /** By command, unchecked from the user's file: only the screen knows which commands exist. */
  keys: Readonly<Record<string, string | readonly string[]>>;
  settings: RunSettings;
};

export const defaultConfiguration: Configuration = {
  theme: null,
  glyphs: null,
  codex: null,
  mouse: 'on',
  keys: {},
  settings: defaultRunSettings,
};

export type ConfigurationFound = { configuration: Configuration } | { problem: string };

const maxConfigurationBytes = 64 * 1024;

export function configurationPath(environment: Environment): string {
  const home = environment['XDG_CONFIG_HOME'];
  const base = home !== undefined && isAbsolute(home) ? home : join(homedir(), '.config');
  return join(base, 'autonomous-tui', 'config.json');
}

export async function readConfiguration(
  environment: Environment,
  project: string,
): Promise<ConfigurationFound> {
  const userPath = configurationPath(environment);
  // The user's own file may be a link: many keep such files in a repository.
  const real = await realpath(userPath).catch(() => userPath);
  const user = await readFile(real, userFile);
  if ('problem' in user) return user;
  // An invalid project file is ignored: it must not keep the user from working.
  const found = await readFile(join(project, '.autonomous-tui.json'), projectFile);
  const ofProject = 'problem' in found ? {} : found.value;
  const ofUser = user.value;
  return {
    configuration: {
      theme: ofUser.theme ?? ofProject.theme ?? null,
      glyphs: ofUser.glyphs ?? ofProject.glyphs ?? null,
      codex: ofUser.codex ?? null,
      mouse: ofUser.mouse ?? 'on',
      keys: ofUser.keys ?? {},
      settings: {
        ...defaultRunSettings,
        ...timesOf(ofUser),
        toolEnvironment: ofUser.toolEnvironment ?? defaultRunSettings.toolEnvironment,
        sessionsAtOnce: ofUser.sessionsAtOnce ?? defaultRunSettings.sessionsAtOnce,
      },
    },
  };
}

/** The file has seconds, the settings milliseconds. */
const times = {
  restSeconds: 'restMs',
  interruptGraceSeconds: 'interruptGraceMs',
  terminateGraceSeconds: 'terminateGraceMs',
  lingerSeconds: 'lingerMs',
  resetMarginSeconds: 'resetMarginMs',
  longestBackOffSeconds: 'longestBackOffMs',
  lookAgainSeconds: 'lookAgainMs',
  silentSeconds: 'silentMs',
  commandSeconds: 'commandMs',
  networkSeconds: 'networkMs',
} as const satisfies Record<string, keyof RunSettings>;

type Seconds = keyof typeof times;

function timesOf(user: Partial<Record<Seconds, number | undefined>>): Partial<RunSettings> {
  return Object.fromEntries(
    Object.entries(times).flatMap(([name, ms]) => {
      const given = user[name as Seconds];
      return given === undefined ? [] : [[ms, given * 1000]];
    }),
  );
}

async function readFile<Schema extends z.ZodMiniType>(
  path: string,
  schema: Schema,
): Promise<{ value: Partial<z.output<Schema>> } | { problem: string }> {
  let text: string;
  try {
    const file = await readSmallFile(path, { maxBytes: maxConfigurationBytes });
    if (file === null) return { value: {} };
    text = file.text;
  } catch (error) {
    return { problem: errorMessage(error) };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: `${path} is not valid JSON: fix or remove it` };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data };
  return { problem: `${path}: ${complaint(parsed.error)}` };
}

/** `restSeconds: Invalid input: expected number, received string` */
function complaint(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'it is not valid';
  if (issue.code === 'unrecognized_keys') {
    return cleanLine(`unknown setting: ${issue.keys.join(', ')}`);
  }
  const what = issue.path.length === 0 ? 'the content' : issue.path.join('.');
  return cleanLine(`${what} is not valid: see the README for the values it takes`);
}
