// The Sessions page's view of a log: the sessions that the runner began, from the same entries that are the headings
// of the log, so that both show the same times, outcomes and costs.

import type { CopyState } from '../copy/session-copy.ts';
import type { Usage } from '../codex/log-event.ts';
import type { Role } from '../task/task.ts';
import { cleanLine } from '../text/clean.ts';
import type { Entry } from './entry.ts';

export type SessionSummary = {
  readonly number: number;
  readonly role: Role;
  readonly startedAt: number | null;
  /** Null while it runs, or when its end was never recorded. */
  readonly endedAt: number | null;
  readonly outcome: string | null;
  /** Null when Codex reported none, or when the past of its thread is unknown. */
  readonly cost: Usage | null;
  /** Whether session.log still has what Codex wrote. */
  readonly copy: CopyState;
};

/** A task with more sessions shows its last ones. */
const most = 2000;
/** The column of outcomes is narrow. */
const maxOutcomeLength = 100;

/** In log order. Sessions without a line of the runner have no number, and are left out. */
export function sessionSummaries(landmarks: readonly Entry[]): readonly SessionSummary[] {
  const summaries: SessionSummary[] = [];
  for (let at = landmarks.length - 1; at >= 0 && summaries.length < most; at--) {
    const entry = landmarks[at];
    const summary = entry === undefined ? null : summaryOf(entry);
    if (summary !== null) summaries.push(summary);
  }
  return summaries.reverse();
}

function summaryOf({ startedAt, body }: Entry): SessionSummary | null {
  // Without a role, only the session's end is in the log.
  if (body.kind !== 'session' || body.session === null || body.role === null) return null;
  const { session: number, role, ended, cost, copy } = body;
  const outcome = ended && cleanLine(ended.outcome, { maxLength: maxOutcomeLength });
  return { number, role, startedAt, endedAt: ended?.at ?? null, outcome, cost, copy };
}
