// Tells whether the machine has slept since the last call.

import { shortestSleepMs, type Sleep } from '../../core/log/sleep.ts';
import type { Clock } from '../../system/clock.ts';

export function watchSleep(clock: Pick<Clock, 'now' | 'slept'>): () => Sleep | null {
  let before = clock.slept();
  return () => {
    const slept = clock.slept();
    const ms = slept - before;
    before = slept;
    return ms < shortestSleepMs ? null : { at: clock.now(), ms };
  };
}
