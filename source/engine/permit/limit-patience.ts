// Until when one asker waits for a usage limit. The wait that was begun is what counts: a limit whose time can't be
// true would be as far off at each new look, and a clock that is set back must not make the wait longer.

import { believableUntil, type AccountLimit } from '../../core/codex/account-limit.ts';
import type { Clock } from '../../system/clock.ts';

type Begun = { limit: AccountLimit; until: number; overAtMonotonic: number };

/** Less is no reason to say another time. */
const noteworthyMs = 60_000;

/** The time until which the limit holds, epoch ms; one that has come means that it is to be looked. */
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
