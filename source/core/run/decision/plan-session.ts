// Plans the next session, which then waits for its place.

import type { Addition } from '../../codex/prompt.ts';
import { tellings } from '../../stage/stage.ts';
import type { Next, Run, SessionPlan } from '../run.ts';
import { withWordOfRung } from './ladder.ts';
import { queue } from './queue.ts';

export function planSession(before: Run, role: SessionPlan['role']): Next {
  // What was accepted is about to change.
  const run = { ...before, review: { ...before.review, accepted: false } };
  return queue(run, {
    number: run.nextSession,
    role,
    // A plan is resumed only if the user asked for it: a planning session that failed is better begun anew.
    resumes: role === 'executor' || run.sessionsStarted === 0 ? run.resume : null,
    additions: [
      ...(role === 'executor' ? withWordOfRung(run, run.additions) : run.additions),
      ...tellings(run.told).map((text): Addition => ({ kind: 'told', text })),
    ],
  });
}

/** All that can be seen without reading says that the task is done. */
export function planReview(run: Run): Next {
  return queue(run, {
    number: run.nextSession,
    role: 'reviewer',
    resumes: null,
    additions: [],
    round: run.review.round + 1,
  });
}
