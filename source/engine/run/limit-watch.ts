// Wakes a run at the moment of its next limit: the end of its budget of time, or a time of day.

import { nextLimitAt } from '../../core/limits/limits.ts';
import type { Run } from '../../core/run/run.ts';
import type { Clock } from '../../system/clock.ts';

type LimitWatch = {
  /** After each step: the next limit may be another one. */
  follow(run: Run): void;
  close(): void;
};

const soonestMs = 1000;

/** `onTime` may come too early: a clock that was set back wakes so, and then the limit is watched anew. */
export function watchLimit(clock: Pick<Clock, 'now' | 'wakeAt'>, onTime: () => void): LimitWatch {
  let watched: number | null = null;
  let cancel = (): void => {};
  return {
    follow: (run) => {
      const at = run.phase.name === 'ended' ? null : nextLimitAt(run.settings.limits, run.spent);
      if (at === watched) return;
      watched = at;
      cancel();
      const wake = (): void => {
        watched = null;
        onTime();
      };
      const soonest = clock.now() + soonestMs;
      cancel = at === null ? () => {} : clock.wakeAt(Math.max(at, soonest), wake);
    },
    close: () => cancel(),
  };
}
