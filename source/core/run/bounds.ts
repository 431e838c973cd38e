// How long an interrupted run may still go on when somebody continues it.

import type { RunRecord } from './record.ts';
import { lookAtPlan } from '../limits/limits.ts';
import type { RunSettings } from './settings.ts';

type RunBounds = Pick<RunSettings, 'autoContinue' | 'maxSessions' | 'limits'>;

/** Whether a run was cut off: its runner vanished, or the machine shut down. */
export function isInterrupted({ ending, toldToEnd }: RunRecord): boolean {
  return ending === null || (ending.kind === 'paused' && toldToEnd !== null);
}

/**
 * What is left of its bounds, unless the call gives others. A session that was cut short does not count. `remembered`: the
 * most sessions in each run of the task, which `given` has where the call says nothing.
 */
export function boundsLeft(
  record: RunRecord,
  given: RunBounds,
  remembered: number | null = null,
): RunBounds {
  const { session, sessionsInRun, maxSessions, autoContinue } = record;
  const finished = sessionsInRun - (session?.ended === null ? 1 : 0);
  const left = maxSessions === null ? null : Math.max(1, maxSessions - finished);
  return {
    autoContinue: autoContinue && given.autoContinue,
    maxSessions: given.maxSessions === remembered ? (left ?? remembered) : given.maxSessions,
    limits: {
      ...given.limits,
      until: given.limits.until ?? record.until,
      // Who continues a run that waits for a look at the plan has had it.
      planOnly: given.limits.planOnly || (record.planOnly && record.held !== lookAtPlan),
    },
  };
}
