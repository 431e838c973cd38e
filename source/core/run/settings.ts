// A run's settings: from flags and the user's configuration, never from the project. Times in ms.

import type { Check } from '../check/check.ts';
import type { ProjectCodexConfig, ToolEnvironment } from '../codex/arguments.ts';
import { noLimits, type RunLimits } from '../limits/limits.ts';
import { usualEvents, type NotifySettings } from '../notify/events.ts';
import type { StagePart } from '../stage/stage.ts';

type GuardMode = 'restore' | 'tell' | 'off';

export type RunSettings = {
  autoContinue: boolean;
  /** The most Codex sessions in this run, failed ones included; null for no limit. */
  maxSessions: number | null;
  /** Budgets, hours, and what its sessions come after. */
  limits: RunLimits;
  /** False: a problem that only the user can fix ends the run, with the reason. */
  waitsForUser: boolean;
  /** Longest single wait of a run; null for no limit. */
  maxWaitMs: number | null;
  /** Which environment variables reach the commands that Codex runs. */
  toolEnvironment: ToolEnvironment;
  /** Whether the project's own configuration of Codex counts. */
  projectCodexConfig: ProjectCodexConfig;
  /** What becomes of steps that a session removed or reworded: they are put back, only told, or nothing is done. */
  guard: GuardMode;
  /** Whether git keeps the files as they were before and after each session. */
  checkpoints: 'on' | 'off';
  /** How long those of a task that is done or deleted are kept. */
  checkpointsKeptMs: number;
  /** The user's command that hears what happens. */
  notify: NotifySettings;
  /** Where new worktrees are made; null for the default. */
  worktreesDirectory: string | null;
  /** Runs once in a new worktree, before the first working session. */
  prepare: Check | null;
  /** Whether a Reviewer must accept the work before the task is done. */
  review: boolean;
  /** What happens between two sessions. */
  stage: readonly StagePart[];
  /** How many sessions run at once on this machine; others queue. */
  sessionsAtOnce: number;
  /** How much of each usage window is kept for the user; 0: nothing. */
  reservePercent: number;
  restMs: number;
  /** SIGINT → interruptGraceMs → SIGTERM → terminateGraceMs → SIGKILL. */
  interruptGraceMs: number;
  terminateGraceMs: number;
  /** How long Codex may linger after its turn is over. */
  lingerMs: number;
  /** Added to the reset time of a usage limit. */
  resetMarginMs: number;
  longestBackOffMs: number;
  /** How often to check again whether the user has fixed what only the user can fix. */
  lookAgainMs: number;
  /** A session that is silent this long, with no command open, has stalled. */
  silentMs: number;
  /** A command that is open this long has stalled. */
  commandMs: number;
  /** A check that takes this long is ended. */
  checkMs: number;
  /** A Codex that has waited for the network this long is restarted. */
  networkMs: number;
  /** How often the work of a session that runs goes to the other machines of a hub; 0: never. */
  handOnMs: number;
};

const minute = 60_000;

export const defaultRunSettings: RunSettings = {
  autoContinue: true,
  maxSessions: null,
  limits: noLimits,
  waitsForUser: true,
  maxWaitMs: null,
  toolEnvironment: 'codex',
  projectCodexConfig: 'as trusted',
  guard: 'restore',
  checkpoints: 'on',
  checkpointsKeptMs: 30 * 24 * 60 * minute,
  notify: { command: [], on: usualEvents },
  worktreesDirectory: null,
  prepare: null,
  review: false,
  stage: ['guard', 'configuration', 'checkpoint', 'evidence', 'review'],
  sessionsAtOnce: 4,
  reservePercent: 0,
  restMs: 3000,
  interruptGraceMs: 10_000,
  terminateGraceMs: 5000,
  lingerMs: 20_000,
  resetMarginMs: 90_000,
  longestBackOffMs: 10 * minute,
  lookAgainMs: 5 * minute,
  silentMs: 10 * minute,
  commandMs: 60 * minute,
  checkMs: 30 * minute,
  networkMs: 10 * minute,
  handOnMs: 10 * minute,
};
