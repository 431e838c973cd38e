// Small predicates that several decisions share.

import type { ListLook } from '../../checklist/list-look.ts';
import { partsFor } from '../../stage/stage.ts';
import type { Run } from '../run.ts';

/** Every step is ticked, and no line looks like an open box that does not count. */
export function isAllTicked(list: ListLook): boolean {
  return list.kind === 'read' && list.total > 0 && list.done === list.total && !list.missed;
}

/** What stands against the end until they have. */
export const notReviewed = 'its Reviewer has not accepted it';
export const checksNotRun = 'its checks have not run';

export function hasChecks({ settings }: Run): boolean {
  return settings.stage.includes('checks');
}

/** Something comes before the first working session. */
export function hasBaseline({ settings }: Run): boolean {
  return partsFor('baseline').some((part) => settings.stage.includes(part));
}

/** Nothing but open steps can stand against the end. */
export function isProven(run: Run): boolean {
  return !hasChecks(run) || run.proof?.unmet === null;
}

/** No Reviewer is asked for, or one has accepted the work. */
export function isReviewed({ settings, review }: Run): boolean {
  return !settings.review || review.accepted;
}

export function hasSteps(list: ListLook): boolean {
  return list.kind === 'read' && list.total > 0;
}

export function sessionsUsedUp({ settings, sessionsStarted }: Run): boolean {
  return settings.maxSessions !== null && sessionsStarted >= settings.maxSessions;
}

/**
 * Checks that did not run prove nothing, and a run that ends may not have looked at the list again: what is open is said
 * however many steps are ticked.
 */
export function unmetOf(run: Run): string | null {
  const unreviewed = isReviewed(run) ? null : notReviewed;
  if (!hasChecks(run)) return unreviewed;
  return run.proof === null ? checksNotRun : (run.proof.unmet ?? unreviewed);
}
