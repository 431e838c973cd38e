// What a run goes by: flags and the person's configuration, never the project. Times in ms.

import type { ToolEnvironment } from '../codex/arguments.ts';

export type RunSettings = {
  autoContinue: boolean;
  /** At most so many Codex sessions in this run, failed ones counted; null for no limit. */
  maxSessions: number | null;
  /** False: what a person must mend ends the run, with the reason. */
  waitsForPerson: boolean;
  /** Longest time that a run waits at a stretch; null for any. */
  maxWaitMs: number | null;
  /** What commands that Codex runs see of the environment. */
  toolEnvironment: ToolEnvironment;
  /** How many sessions run at once on this machine; others queue. */
  sessionsAtOnce: number;
  restMs: number;
  /** SIGINT → so long → SIGTERM → so long → SIGKILL. */
  interruptGraceMs: number;
  terminateGraceMs: number;
  /** How long Codex may linger after its turn is over. */
  lingerMs: number;
  /** After the reset time of a usage limit. */
  resetMarginMs: number;
  longestBackOffMs: number;
  /** How often to look again whether a person has mended what only a person can. */
  lookAgainMs: number;
  /** A session that is silent so long, with no command open, has stalled. */
  silentMs: number;
  /** A command that is open so long has stalled. */
  commandMs: number;
  /** Codex that has waited for the network so long is started anew. */
  networkMs: number;
};

const minute = 60_000;

export const defaultRunSettings: RunSettings = {
  autoContinue: true,
  maxSessions: null,
  waitsForPerson: true,
  maxWaitMs: null,
  toolEnvironment: 'codex',
  sessionsAtOnce: 4,
  restMs: 3000,
  interruptGraceMs: 10_000,
  terminateGraceMs: 5000,
  lingerMs: 20_000,
  resetMarginMs: 90_000,
  longestBackOffMs: 10 * minute,
  lookAgainMs: 5 * minute,
  silentMs: 10 * minute,
  commandMs: 60 * minute,
  networkMs: 10 * minute,
};
