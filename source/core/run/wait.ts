// How long the current wait of a run lasts, and whether it exceeds --max-wait.

import { ended, failedEnding } from './next.ts';
import type { Next, Run } from './run.ts';

export const waitTooLong = 'The wait is longer than --max-wait allows';

/** The end of a run whose wait would exceed the limit; null while it may wait. */
export function waitsTooLong(run: Run, until: number | null, at: number): Next | null {
  const { maxWaitMs } = run.settings;
  if (maxWaitMs === null) return null;
  const waitedMs = Math.max(until ?? at, at) - (run.waitingSince ?? at);
  if (waitedMs <= maxWaitMs) return null;
  return ended(run, failedEnding(waitTooLong, at));
}

/** When the current wait reaches its limit, epoch ms; null without a wait or a limit. */
export function endOfWait({ waitingSince, settings }: Run): number | null {
  if (waitingSince === null || settings.maxWaitMs === null) return null;
  return waitingSince + settings.maxWaitMs;
}

/** Setting the clock makes no wait and no work longer or shorter. */
export function withClockSet(run: Run, byMs: number): Run {
  const { waitingSince, missingSince, spent } = run;
  const { ms, since } = spent.worked;
  if (waitingSince === null && missingSince === null && since === null) return run;
  return {
    ...run,
    spent: { ...spent, worked: { ms, since: moved(since, byMs) } },
    waitingSince: moved(waitingSince, byMs),
    missingSince: moved(missingSince, byMs),
  };
}

function moved(at: number | null, byMs: number): number | null {
  return at === null ? null : at + byMs;
}
