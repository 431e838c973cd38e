// What the end of a Reviewer's session means for its run. A session that failed or was cut short said nothing: it is
// reviewed anew.

import type { ClosedSession, Run } from '../run/run.ts';
import { afterVerdict } from './review.ts';

export function withVerdict(
  run: Run,
  { plan, of, failure, list }: ClosedSession,
  message: string | null,
): { run: Run; notes: readonly string[] } {
  if (plan.role !== 'reviewer' || failure !== null || run.stall !== null) return { run, notes: [] };
  if (of !== 'this run' || run.tellsNow) return { run, notes: [] };
  const steps = list.kind === 'read' ? list.total : 0;
  const { review, needsUser, note } = afterVerdict(run.review, { message, steps });
  return { run: { ...run, review, held: needsUser ?? run.held }, notes: [note] };
}
