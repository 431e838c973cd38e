// How long one waiter waits for a usage limit, fixed when its wait begins and measured on the monotonic clock. An
// implausible limit computed anew at each look would always be as far off, and a clock set back must not lengthen it.

import { believableUntil, type AccountLimit } from '../../core/codex/account-limit.ts';
import type { Clock } from '../../system/clock.ts';

type Begun = { limit: AccountLimit; until: number; overAtMonotonic: number };

/** A smaller difference does not change the time that is shown. */
const noteworthyMs = 60_000;

/** Returns until when the limit holds, epoch ms. A time in the past means: try now. */
export function limitPatience(
  clock: Pick<Clock, 'now' | 'monotonic'>,
): (of: AccountLimit) => number {
  let begun: Begun | null = null;
  return (limit) => {
    const now = clock.now();
    if (begun === null || !isSame(begun.limit, limit)) {
      const until = believableUntil(limit, now);
      begun = { limit, until, overAtMonotonic: clock.monotonic() + until - now };
    }
    const leftMs = begun.overAtMonotonic - clock.monotonic();
    if (leftMs <= 0) return Math.min(begun.until, now);
    if (begun.until - now > leftMs + noteworthyMs) begun.until = now + leftMs;
    return begun.until;
  };
}

function isSame(one: AccountLimit, other: AccountLimit): boolean {
  return one.until === other.until && one.since === other.since;
}
