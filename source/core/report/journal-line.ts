// What a runner saw happen to its task, a line each in the task's `journal.jsonl`, where the agent cannot write. The report
// is made from these.

import type { CheckOutcome } from '../check/check.ts';
import type { Usage } from '../codex/log-event.ts';
import type { Ending } from '../run/run.ts';
import type { Role } from '../task/task.ts';

/** `at`: epoch ms. */
export type JournalLine = { readonly at: number } & (
  | { readonly what: 'run' }
  | ({ readonly what: 'session' } & JournalSession)
  /** `for`: a word or two, or `you`; `sentence`: what the user was told. It lasts until the next line about waiting. */
  | { readonly what: 'waits'; readonly for: string; readonly sentence: string | null }
  | { readonly what: 'goes on' }
  | {
      readonly what: 'ticks';
      readonly session: number;
      readonly ticks: readonly JournalTick[];
    }
  | { readonly what: 'guard'; readonly session: number; readonly lines: readonly string[] }
  | {
      readonly what: 'check';
      readonly session: number;
      readonly command: string;
      readonly outcome: CheckOutcome;
    }
  /** `session`: the Reviewer's. `round`: of a verdict that was understood; null where an older runner wrote the line. */
  | {
      readonly what: 'review';
      readonly session: number;
      readonly round: number | null;
      readonly verdict: ReviewVerdict;
    }
  | {
      readonly what: 'ended';
      readonly kind: Ending['kind'];
      readonly sentence: string | null;
    }
);

/** `unclear`: it could not be understood. */
export const reviewVerdicts = ['accepted', 'rejected', 'unclear'] as const;
type ReviewVerdict = (typeof reviewVerdicts)[number];

/** A session that has ended, at `at`. */
export type JournalSession = {
  readonly session: number;
  readonly uuid: string;
  readonly role: Role;
  readonly from: number;
  readonly outcome: string;
  /** Null where Codex reported none. */
  readonly usage: Usage | null;
};

export type JournalTick = {
  /** The step as it is compared: see `tickKey`. */
  readonly step: string;
  readonly text: string;
  readonly proven: boolean;
  readonly reason: string;
};
