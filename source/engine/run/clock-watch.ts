// Tells how far the wall clock was set since the last call. Time that the machine slept does not count as set.

import type { Clock } from '../../system/clock.ts';

/** A smaller difference is drift; it adds up until it reaches this. */
const leastMs = 1000;

/** Returns ms, negative if the clock was set back. */
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
