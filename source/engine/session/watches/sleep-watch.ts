// Tells whether the machine has slept since the last call.

import { shortestSleepMs, type Sleep } from '../../../core/log/sleep.ts';
import type { Clock } from '../../../system/clock.ts';

/** Asking the system costs as much as reading a file. Who has slept finds the wall clock further on than this. */
const askEveryMs = Math.min(400, shortestSleepMs / 2);

export function watchSleep(clock: Pick<Clock, 'now' | 'slept'>): () => Sleep | null {
  let before = clock.slept();
  let askedAt = clock.now();
  return () => {
    const at = clock.now();
    if (at >= askedAt && at - askedAt < askEveryMs) return null;
    askedAt = at;
    const slept = clock.slept();
    const ms = slept - before;
    before = slept;
    return ms < shortestSleepMs ? null : { at, ms };
  };
}
