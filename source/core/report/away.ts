// What the dashboard says when something happened since the last one was closed:
//
//   While you were away (7h 02m): 14 steps, 1 needs you

import { elapsed, steps } from '../text/numbers.ts';
import { counted } from './needs.ts';
import { totalsOf, type ProjectReport } from './project-report.ts';

/** Who closes the dashboard and opens it again was not away. */
const shortestAwayMs = 60_000;

/** Null if nothing happened that the user has not seen, or if the user was gone for less than a minute. */
export function awaySentence(report: ProjectReport): string | null {
  const { since, at, tasks } = report;
  const hasHappened = tasks.some(
    ({ sessions, steps: { ticked }, waits }) =>
      sessions.total > 0 || ticked > 0 || waits.length > 0,
  );
  if (since === null || at - since < shortestAwayMs || !hasHappened) return null;
  const { ticked, sessions, needYou, failed } = totalsOf(report);
  const parts = [
    ticked === 0 ? `no step, ${counted(sessions, 'session')}` : steps(ticked),
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(needYou === 0 ? [] : [`${needYou} ${needYou === 1 ? 'needs' : 'need'} you`]),
  ];
  return `While you were away (${elapsed(at - since)}): ${parts.join(', ')}`;
}
