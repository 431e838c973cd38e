// How long a run has waited at a stretch, and whether that is longer than it may (--max-wait).

import { ended, failedEnding } from './next.ts';
import type { Next, Run } from './run.ts';

export const waitTooLong = 'The wait is longer than --max-wait allows';

/** The end of a run that would wait longer than it may; null while it may. */
export function waitsTooLong(run: Run, until: number | null, at: number): Next | null {
  const { maxWaitMs } = run.settings;
  if (maxWaitMs === null) return null;
  const waitedMs = Math.max(until ?? at, at) - (run.waitingSince ?? at);
  if (waitedMs <= maxWaitMs) return null;
  return ended(run, failedEnding(waitTooLong, at));
}

/** When the wait under way has lasted as long as it may, epoch ms; null where nothing bounds it. */
export function endOfWait({ waitingSince, settings }: Run): number | null {
  if (waitingSince === null || settings.maxWaitMs === null) return null;
  return waitingSince + settings.maxWaitMs;
}

/** A clock that is set makes no wait longer or shorter than it was. */
export function withClockSet(run: Run, byMs: number): Run {
  return run.waitingSince === null ? run : { ...run, waitingSince: run.waitingSince + byMs };
}
