// A check: a command that has to pass before a task is done. The runner runs it between sessions, and keeps a receipt
// where the agent cannot write.

import type { TreeName } from '../stage/tree.ts';

export type Check = {
  /** For `/bin/sh -c`. */
  command: string;
  /** Whether it may use the network. */
  network: boolean;
};

export const checkOutcomes = [
  'passed',
  'failed',
  'timed out',
  // The sandbox, Codex or the shell could not be started, so nothing is known about the files.
  'not started',
  // The user paused, or the runner was told to end.
  'interrupted',
] as const;

export type CheckOutcome = (typeof checkOutcomes)[number];

export type Receipt = Check & {
  /** The last session before it; 0 before the first. */
  session: number;
  /** When it ended, epoch ms. */
  at: number;
  outcome: CheckOutcome;
  /** Null if it was ended by a signal, or was never started. */
  exitCode: number | null;
  signal: string | null;
  durationMs: number;
  /** What it ran on; null where that could not be told. */
  tree: TreeName | null;
  /** Whether the check itself changed files. */
  changedFiles: boolean;
  /** Tests and scripts that were deleted or changed since the baseline, in words; see touched-files.ts. */
  touched: readonly string[];
  /** The end of what it printed, clean. Of one that was not started: why not. */
  tail: string;
  /** What is likely wrong with the check's surroundings; null if nothing speaks for it. */
  hint: string | null;
};

/** Whether the check ran to an end of its own, or for longer than it may: only then it says something about the files. */
export function hasRun({ outcome }: Pick<Receipt, 'outcome'>): boolean {
  return outcome === 'passed' || hasFailed({ outcome });
}

export function hasFailed({ outcome }: Pick<Receipt, 'outcome'>): boolean {
  return outcome === 'failed' || outcome === 'timed out';
}
