// The report of one task: what a user wants to know in a minute. Facts that its runners saw, and nothing else: what they
// could not see is null, or counted as unknown.

import type { FileCounts } from '../changes/changes.ts';
import type { CheckOutcome } from '../check/check.ts';
import type { Usage } from '../codex/log-event.ts';
import type { TaskView } from '../task/board.ts';
import type { TaskState } from '../task/state.ts';
import type { TaskBranch } from '../worktree/task-branch.ts';
import type { JournalLine, JournalSession } from './journal-line.ts';
import type { WaitTotal } from './waits.ts';

/** What is read of a task. `since`: epoch ms; null for all that is known. */
export type ReportFacts = {
  readonly view: TaskView;
  readonly journal: readonly JournalLine[];
  /** The steps of its list now; null if the list cannot be read. */
  readonly steps: readonly { readonly text: string; readonly done: boolean }[] | null;
  /** The ticks that nothing has proved until now. */
  readonly unproven: readonly UnprovenFact[];
  /** What its checks did last. */
  readonly checks: readonly CheckFact[];
  /** The tasks that worked in the same files at the same time, by session. */
  readonly overlaps: readonly { readonly session: number; readonly others: readonly string[] }[];
};

export type UnprovenFact = {
  readonly text: string;
  readonly session: number;
  readonly reason: string;
};

type CheckFact = {
  readonly command: string;
  readonly outcome: CheckOutcome;
  readonly exitCode: number | null;
  readonly session: number;
  readonly at: number;
};

export type TaskReport = {
  /** Safe to print, as all texts here. */
  readonly task: string;
  readonly state: TaskState;
  /** What holds it up until the user does something; null if nothing does. */
  readonly needsYou: Pick<TaskState, 'word' | 'reason'> | null;
  /** What the user should look at, in a few words each, the most urgent first. */
  readonly lookAt: readonly string[];
  /** Whether anything happened in the time of the report. */
  readonly happened: boolean;
  readonly steps: StepsReport;
  readonly sessions: SessionsReport;
  readonly checks: readonly (CheckFact & ChecksRun)[];
  readonly waits: readonly WaitTotal[];
  readonly tokens: TokensReport;
  readonly reviews: ReviewsReport;
  readonly guard: readonly { readonly session: number; readonly lines: readonly string[] }[];
  readonly sharedWith: readonly string[];
  readonly branch: TaskBranch | null;
  /** Null where there is nothing to compare. */
  readonly files: FilesReport | null;
};

export type StepsReport = {
  readonly done: number;
  readonly total: number;
  readonly hasList: boolean;
  /** Ticked by a session in this time, and ticked still. */
  readonly ticked: number;
  /** Of those. */
  readonly proven: number;
  /** All that nothing has proved until now, whenever it was ticked. */
  readonly unproven: readonly UnprovenFact[];
};

export type SessionsReport = {
  /** The newest of those that have ended, in their order. */
  readonly list: readonly (JournalSession & { readonly at: number; readonly steps: number })[];
  readonly total: number;
  readonly byOutcome: readonly { readonly outcome: string; readonly count: number }[];
  /** The number of the session that runs. */
  readonly running: number | null;
  /** How many have run of which nothing was kept. */
  readonly unknown: number;
};

export type ChecksRun = {
  /** In the time of the report. */
  readonly passed: number;
  readonly failed: number;
};

export type TokensReport = {
  /** The sum over the sessions that reported some. */
  readonly usage: Usage;
  /** How many sessions did not: what they used may be in the next one of their conversation. */
  readonly silent: number;
  /** Input that was not cached, and output, for each step that was ticked; null without one. */
  readonly perStep: number | null;
};

export type ReviewsReport = {
  /** `accepted`: by the last verdict, and no session has worked since then. */
  readonly verdict: 'not reviewed' | 'accepted' | 'not accepted';
  /** Rounds that came to a verdict. */
  readonly rounds: number;
  readonly rejected: number;
  /** Verdicts that could not be understood. */
  readonly unclear: number;
  /** Sessions of Reviewers that have ended, and what those of them used that reported it. */
  readonly sessions: number;
  readonly usage: Usage;
};

export type FilesReport =
  | { readonly problem: string }
  | {
      readonly count: number;
      readonly isCut: boolean;
      /** Lines; null where git did not come to an end with counting them. */
      readonly added: number | null;
      readonly removed: number | null;
      /** The first of them. */
      readonly list: readonly { readonly path: string; readonly lines: FileCounts | null }[];
      /** The sessions between whose checkpoints was compared. */
      readonly from: number;
      readonly to: number;
    };
