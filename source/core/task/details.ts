// Details of the selected task, beyond what its row on the board needs. All its texts have passed clean().

import type { ReviewsReport } from '../report/task-report.ts';
import type { Review } from '../review/review.ts';
import type { Spent, TaskLimits } from '../limits/limits.ts';
import { nextStep } from '../checklist/checklist.ts';
import type { ShownStep } from '../edit/step-name.ts';
import type { GuidancePiece } from '../guidance/guidance.ts';
import type { TaskView } from './board.ts';
import { type TaskKey } from './task-key.ts';
import type { Sandbox } from './task.ts';
import type { UnprovenStep } from '../evidence/unproven.ts';
import type { ReplacedStep } from '../checklist/replaced-list.ts';
import type { StepTime } from '../checklist/step-times.ts';

export type TaskDetails = {
  /** The task's key. For a moment after the selection moves, it still names the previous task. */
  readonly task: TaskKey;
  /** When their reading began, monotonic ms; absent where nobody changes the list from here. */
  readonly readAt?: number;
  readonly description: string | null;
  /** Its directory, safe to print. */
  readonly directory: string;
  readonly steps: readonly ShownStep[];
  readonly ticks: readonly StepTime[];
  /** The ticked steps that nothing proved. */
  readonly unproven: readonly UnprovenStep[];
  /** What a session did to steps that the guard put back, while that can be accepted; else null. */
  readonly replaced: ReplacedVersion | null;
  /** `progress.md`; null when there is none. */
  readonly notes: string | null;
  /** What its sessions are started with, as words. */
  readonly options: readonly string[];
  /** Its limits, and what its last run used of them. */
  readonly budget?: { readonly limits: TaskLimits; readonly spent: Spent };
  /** What the user told it, oldest first, safe to print. */
  readonly guidance?: readonly GuidancePiece[];
  /** What Reviewers said of it, and what they cost; null where none was asked for. */
  readonly review?: ReviewStanding | null;
  /** What the last session that began a conversation used; null where none did. */
  readonly lastUsed?: LastUsed | null;
  /** Its last run; null when none is known. */
  readonly run: {
    readonly startedAt: number;
    readonly sandbox: Sandbox;
    readonly autoContinue: boolean;
    readonly maxSessions: number | null;
    readonly sessions: number;
    /** No session starts after it, epoch ms; absent if there is no such time. */
    readonly until?: number | null;
  } | null;
};

type LastUsed = {
  readonly session: number;
  /** As Codex recorded it; null while that is not known. */
  readonly model: string | null;
  /** The one that it was started with; null if none was named, absent where it was not recorded. */
  readonly profile?: string | null;
};

type ReviewStanding = Pick<Review, 'round' | 'rejected'> & {
  /** How many the last rejection had, until the user continues the task. */
  readonly findings: number;
  readonly reviews: ReviewsReport;
};

export type ReplacedVersion = {
  /** The session that wrote it. */
  readonly session: number;
  readonly steps: readonly ReplacedStep[];
};

/** What the steps say about the task's row. */
export function progressOf({ steps }: TaskDetails): Pick<TaskView, 'done' | 'total' | 'nextStep'> {
  const done = steps.filter((step) => step.done).length;
  const next = nextStep({ steps, done, total: steps.length, missed: [] });
  return { done, total: steps.length, nextStep: next && { number: next.number, text: next.text } };
}
