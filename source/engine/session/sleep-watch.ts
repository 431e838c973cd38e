// Asked now and then, it tells that the machine has slept since.

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
