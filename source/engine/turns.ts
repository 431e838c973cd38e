// How long something has to wait that may happen only every so often. After a while without any, one may be followed by
// another at once: what belongs together often comes in two pieces, such as a line and what it changed in the list.

import type { Clock } from '../system/clock.ts';

type Turns = {
  /** Milliseconds until the next turn; 0 if it is there. */
  nextIn(): number;
  take(): void;
};

const ahead = 1;

export function everySoOften(clock: Pick<Clock, 'monotonic'>, betweenMs: number): Turns {
  /** When the last one would have happened if each had waited for its own turn. */
  let lastAt = -Infinity;
  return {
    nextIn: () => Math.max(0, lastAt + (1 - ahead) * betweenMs - clock.monotonic()),
    take: () => {
      lastAt = Math.max(lastAt + betweenMs, clock.monotonic());
    },
  };
}
