// The person's configuration and the project's. Flags stand above the person's file, that above the
// project's, and the project's may name appearance only: the agent can write it.
//
//   ${XDG_CONFIG_HOME:-~/.config}/autonomous-tui/config.json      {"theme":"light","restSeconds":10}
//   <project>/.autonomous-tui.json                                {"theme":"dark"}

import { isAbsolute, join } from 'node:path';
import * as z from 'zod/mini';
import type { Check } from '../core/check/check.ts';
import { cleanLine } from '../core/text/clean.ts';
import {
  maxSchemaAddressLength,
  schemaAddress,
  schemaAddressPattern,
  type ConfigurationKey,
} from '../core/configuration-keys.ts';
import { defaultRunSettings, type RunSettings } from '../core/run/settings.ts';
import { readObject, readUserFile, realPathOf } from './configuration-file.ts';
import type { Environment } from './state/state-files.ts';

const saying = (description: string) => z.meta({ description });
const seconds = (description: string) =>
  z.optional(z.number().check(z.gte(0), z.lte(86_400), saying(description)));

const appearance = {
  theme: z.optional(
    z.enum(['dark', 'light', 'colour-blind']).check(saying('Colours of the dashboard')),
  ),
  glyphs: z.optional(
    z.enum(['unicode', 'ascii']).check(saying('Characters that the dashboard draws with')),
  ),
};

const projectFile = z.object(appearance);

const command = z.string().check(z.trim(), z.minLength(1));

/** These may differ between projects. */
const ofProjects = {
  projectCodexConfig: z.optional(
    z
      .enum(['as trusted', 'off'])
      .check(
        saying(
          "Whether a project's own `.codex` (settings, MCP servers, rules) counts where you trust it in Codex",
        ),
      ),
  ),
  model: z.optional(
    z.string().check(z.minLength(1), saying('Model of the sessions of tasks without `--model`')),
  ),
  profile: z.optional(
    z
      .string()
      .check(z.minLength(1), saying('Codex profile of the sessions of tasks without `--profile`')),
  ),
  check: z.optional(
    z
      .array(z.union([command, z.strictObject({ command, network: z.optional(z.boolean()) })]))
      .check(
        z.maxLength(20),
        z.meta({
          description: 'Commands that must pass before a task without `--check` is done',
          examples: [['npm test', { command: 'make e2e', network: true }]],
        }),
      ),
  ),
  guard: z.optional(
    z
      .enum(['restore', 'tell', 'off'])
      .check(
        saying(
          'What happens when a session removes or rewords a step: put back, only told, or nothing',
        ),
      ),
  ),
  checkpoints: z.optional(
    z
      .enum(['on', 'off'])
      .check(saying('Whether each session has a checkpoint in the git repository')),
  ),
};

const keysOfOneCommand = z.union([z.string(), z.array(z.string())]);

/** The user's file. `config.schema.json` is generated from it, and the descriptions are those of the docs. */
export const userFile = z.strictObject({
  $schema: z.optional(
    z.string().check(
      z.maxLength(maxSchemaAddressLength),
      z.regex(schemaAddressPattern),
      z.meta({
        description: 'Address of the schema, for editors that complete and check the file',
        examples: [schemaAddress],
      }),
    ),
  ),
  ...appearance,
  keys: z.optional(
    z.record(z.string(), keysOfOneCommand).check(
      z.meta({
        description: 'Keys of your own, by command',
        examples: [{ pause: 'K', zoom: ['Z', 'ctrl-o'] }],
      }),
    ),
  ),
  mouse: z.optional(
    z
      .enum(['on', 'off'])
      .check(saying('The mouse in the dashboard (the key m changes it while it is open)')),
  ),
  codex: z.optional(z.string().check(saying('Absolute path of the Codex to run'))),
  restSeconds: seconds('Pause between two sessions'),
  interruptGraceSeconds: seconds('How long Codex has to end after SIGINT, before SIGTERM'),
  terminateGraceSeconds: seconds('How long it has after SIGTERM, before SIGKILL'),
  lingerSeconds: seconds('How long Codex may stay after its turn is over'),
  resetMarginSeconds: seconds('Wait after the reset time of a usage limit'),
  longestBackOffSeconds: seconds('Longest pause between tries when the model is busy'),
  lookAgainSeconds: seconds('How often a task that needs you is looked at again'),
  silentSeconds: seconds('A session that is silent for so long, with no command open, has stalled'),
  commandSeconds: seconds('A command that is open for so long has stalled'),
  networkSeconds: seconds('Codex that has waited for the network for so long is restarted'),
  sessionsAtOnce: z.optional(
    z
      .int()
      .check(
        z.gte(1),
        z.lte(64),
        saying('How many sessions run at once on this machine; others queue'),
      ),
  ),
  toolEnvironment: z.optional(
    z.enum(['codex', 'core']).check(saying('What commands that Codex runs see of the environment')),
  ),
  ...ofProjects,
  checkSeconds: z.optional(
    z
      .number()
      .check(z.gt(0), z.lte(86_400), saying('How long a check may take before it is ended')),
  ),
  projects: z.optional(
    z.record(z.string(), z.strictObject(ofProjects)).check(
      z.meta({
        description:
          'Settings for one project, by its real path: `check`, `guard`, `checkpoints`, `projectCodexConfig`, `model` and `profile`',
        examples: [{ '/home/me/shop': { check: ['npm test'] } }],
      }),
    ),
  ),
} satisfies Record<ConfigurationKey, z.ZodMiniType>);

/** What the runner checks between sessions. */
type CheckingSettings = {
  /** For tasks without checks of their own. */
  checks: readonly Check[];
  checkMs: number;
  guard: 'restore' | 'tell' | 'off';
  checkpoints: 'on' | 'off';
};

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
  checking: CheckingSettings;
  /** For tasks without one of their own; null for Codex's choice. */
  model: string | null;
  profile: string | null;
  /** One sentence for each part of the user's file that is ignored. */
  warnings: readonly string[];
};

export const defaultConfiguration: Configuration = {
  theme: null,
  glyphs: null,
  codex: null,
  mouse: 'on',
  keys: {},
  settings: defaultRunSettings,
  checking: { checks: [], checkMs: 1_800_000, guard: 'restore', checkpoints: 'on' },
  model: null,
  profile: null,
  warnings: [],
};

type ConfigurationFound = { configuration: Configuration } | { problem: string };

export function readConfiguration(environment: Environment, project: string): ConfigurationFound {
  const file = readUserFile(environment);
  if ('problem' in file) return file;
  const parsed = userFile.safeParse(file.known);
  if (!parsed.success) return { problem: `${file.path}: ${complaint(parsed.error)}` };
  const ofUser = parsed.data;
  const here = { ...ofUser, ...settingsFor(project, ofUser.projects) };
  // An invalid project file is ignored: it must not keep the user from working.
  const found = readObject(join(project, '.autonomous-tui.json'));
  const ofProject = 'problem' in found ? {} : (projectFile.safeParse(found.value).data ?? {});
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
        projectCodexConfig: here.projectCodexConfig ?? defaultRunSettings.projectCodexConfig,
        sessionsAtOnce: ofUser.sessionsAtOnce ?? defaultRunSettings.sessionsAtOnce,
      },
      checking: checkingOf(here),
      model: here.model ?? null,
      profile: here.profile ?? null,
      warnings: file.warnings,
    },
  };
}

type UserFile = z.infer<typeof userFile>;

/** Absolute paths only: a relative one would mean another project in each directory. */
function settingsFor(project: string, projects: UserFile['projects'] = {}): Partial<UserFile> {
  const isHere = (path: string): boolean =>
    path === project || (isAbsolute(path) && realPathOf(path) === project);
  return Object.entries(projects).find(([path]) => isHere(path))?.[1] ?? {};
}

function checkingOf({ check, checkSeconds, guard, checkpoints }: UserFile): CheckingSettings {
  const { checking } = defaultConfiguration;
  return {
    checks: check?.map(checkOf) ?? checking.checks,
    checkMs: checkSeconds === undefined ? checking.checkMs : checkSeconds * 1000,
    guard: guard ?? checking.guard,
    checkpoints: checkpoints ?? checking.checkpoints,
  };
}

function checkOf(given: string | { command: string; network?: boolean | undefined }): Check {
  return typeof given === 'string'
    ? { command: given, network: false }
    : { command: given.command, network: given.network ?? false };
}

/** Settings in seconds, and the run settings in milliseconds that they set. */
export const times = {
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

/** `restSeconds: Invalid input: expected number, received string` */
function complaint(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'it is not valid';
  return cleanLine(
    `${issue.path.join('.')} is not valid: see docs/configuration.md for the values it takes`,
  );
}
