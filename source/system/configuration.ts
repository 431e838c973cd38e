// The person's configuration and the project's. Flags stand above the person's file, that above the
// project's, and the project's may name appearance only: the agent can write it.
//
//   ${XDG_CONFIG_HOME:-~/.config}/autonomous-tui/config.json      {"theme":"light","restSeconds":10}
//   <project>/.autonomous-tui.json                                {"theme":"dark"}

import { isAbsolute, join } from 'node:path';
import type { Check } from '../core/check/check.ts';
import type { TerminalNotices } from '../core/notify/events.ts';
import { cleanLine } from '../core/text/clean.ts';
import { defaultRunSettings, type RunSettings } from '../core/run/settings.ts';
import {
  projectFile,
  userFile,
  type ConfigurationIssues,
  type UserFile,
} from './configuration-schema.ts';
import { readObject, readUserFile, realPathOf } from './configuration-file.ts';
import type { Environment } from './state/state-files.ts';

/** What the runner checks between sessions. */
type CheckingSettings = {
  /** For tasks without checks of their own. */
  checks: readonly Check[];
  checkMs: number;
  guard: 'restore' | 'tell' | 'off';
  checkpoints: 'on' | 'off';
  checkpointsKeptMs: number;
};

/** Whether a new task gets a worktree. */
export type WorktreeSetting = 'never' | 'always' | 'ask';

export type Configuration = {
  /** Null: follows the terminal's background. */
  theme: 'dark' | 'light' | 'colour-blind' | null;
  /** Null: follows the locale. */
  glyphs: 'unicode' | 'ascii' | null;
  codex: string | null;
  mouse: 'on' | 'off';
  /** How an open dashboard tells the user what happens. */
  notices: TerminalNotices;
  /** By command, unchecked from the user's file: only the screen knows which commands exist. */
  keys: Readonly<Record<string, string | readonly string[]>>;
  settings: RunSettings;
  /** How many sessions of shared tasks run at once on all machines of a hub; null for any number. */
  accountAtOnce: number | null;
  checking: CheckingSettings;
  worktree: WorktreeSetting;
  /** Whether the user looks at the plan of a new task before it goes on. */
  planOnly: boolean;
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
  notices: 'auto',
  keys: {},
  settings: defaultRunSettings,
  accountAtOnce: null,
  checking: {
    checks: [],
    checkMs: defaultRunSettings.checkMs,
    guard: 'restore',
    checkpoints: 'on',
    checkpointsKeptMs: defaultRunSettings.checkpointsKeptMs,
  },
  worktree: 'ask',
  planOnly: false,
  model: null,
  profile: null,
  warnings: [],
};

const dayMs = 24 * 60 * 60 * 1000;

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
      notices: here.notify?.terminal ?? defaultConfiguration.notices,
      keys: ofUser.keys ?? {},
      settings: {
        ...defaultRunSettings,
        ...timesOf(ofUser),
        toolEnvironment: ofUser.toolEnvironment ?? defaultRunSettings.toolEnvironment,
        projectCodexConfig: here.projectCodexConfig ?? defaultRunSettings.projectCodexConfig,
        sessionsAtOnce: ofUser.sessionsAtOnce ?? defaultRunSettings.sessionsAtOnce,
        reservePercent: ofUser.reservePercent ?? defaultRunSettings.reservePercent,
        notify: {
          command: here.notify?.command ?? defaultRunSettings.notify.command,
          on: here.notify?.on ?? defaultRunSettings.notify.on,
        },
        review: here.review ?? defaultRunSettings.review,
        prepare: here.prepare === undefined ? null : checkOf(here.prepare),
        worktreesDirectory: here.worktreesDirectory ?? defaultRunSettings.worktreesDirectory,
      },
      accountAtOnce: ofUser.accountAtOnce ?? defaultConfiguration.accountAtOnce,
      checking: checkingOf(here),
      worktree: here.worktree ?? defaultConfiguration.worktree,
      planOnly: here.planOnly ?? defaultConfiguration.planOnly,
      model: here.model ?? null,
      profile: here.profile ?? null,
      warnings: file.warnings,
    },
  };
}

/** Absolute paths only: a relative one would mean another project in each directory. */
function settingsFor(project: string, projects: UserFile['projects'] = {}): Partial<UserFile> {
  const isHere = (path: string): boolean =>
    path === project || (isAbsolute(path) && realPathOf(path) === project);
  return Object.entries(projects).find(([path]) => isHere(path))?.[1] ?? {};
}

function checkingOf({
  check,
  checkSeconds,
  guard,
  checkpoints,
  checkpointDays,
}: UserFile): CheckingSettings {
  const { checking } = defaultConfiguration;
  return {
    checks: check?.map(checkOf) ?? checking.checks,
    checkMs: checkSeconds === undefined ? checking.checkMs : checkSeconds * 1000,
    guard: guard ?? checking.guard,
    checkpoints: checkpoints ?? checking.checkpoints,
    checkpointsKeptMs:
      checkpointDays === undefined ? checking.checkpointsKeptMs : checkpointDays * dayMs,
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
  handOnSeconds: 'handOnMs',
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

/** `worktree is not valid: it takes "never", "always" or "ask"` */
function complaint(error: ConfigurationIssues): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'it is not valid';
  const name = issue.path.join('.');
  const takes = valuesIn(issue);
  return cleanLine(
    takes === null
      ? `${name} is not valid: see docs/configuration.md for the values it takes`
      : `${name} is not valid: it takes ${takes}`,
  );
}

/** Null where it takes more than a few words. */
function valuesIn(issue: ConfigurationIssues['issues'][number]): string | null {
  if (issue.code !== 'invalid_value') return null;
  const words = issue.values.map((value) => JSON.stringify(value));
  const last = words.pop();
  return words.length === 0 ? (last ?? null) : `${words.join(', ')} or ${last}`;
}
