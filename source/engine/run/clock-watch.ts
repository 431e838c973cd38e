// Asked now and then, it tells by how much the clock was set since. A sleep of the machine is time that passed.

import type { Clock } from '../../system/clock.ts';

/** Less is drift, which adds up until it is worth telling. */
const leastMs = 1000;

/** Gives ms, below 0 where the clock was set back. */
export function watchClock(clock: Pick<Clock, 'now' | 'monotonic' | 'slept'>): () => number {
  const ahead = (): number => clock.now() - clock.monotonic() - clock.slept();
  let before = ahead();
  return () => {
    const byMs = ahead() - before;
    if (Math.abs(byMs) < leastMs) return 0;
    before += byMs;
    return byMs;
  };
}
