// The one animation tick. It runs only while something moves; otherwise the clock in the header is moved once
// a minute, and nothing else.

import { useEffect, useState } from 'react';

export type Time = { now: number; tick: number };

const tickMs = 100;
const minuteMs = 60_000;

/** `wakeAt`: something on the screen ends then, epoch ms; it is drawn once more. */
export function useTime({ isMoving, wakeAt }: { isMoving: boolean; wakeAt: number | null }): Time {
  const [time, setTime] = useState<Time>(() => ({ now: Date.now(), tick: 0 }));
  useEffect(() => {
    const next = (): void => setTime(({ tick }) => ({ now: Date.now(), tick: tick + 1 }));
    if (isMoving) {
      const timer = setInterval(next, tickMs);
      return () => clearInterval(timer);
    }
    let timer: NodeJS.Timeout;
    const nextMinute = (): void => {
      timer = setTimeout(
        () => {
          next();
          nextMinute();
        },
        minuteMs - (Date.now() % minuteMs),
      );
    };
    nextMinute();
    return () => clearTimeout(timer);
  }, [isMoving]);
  useEffect(() => {
    if (wakeAt === null || isMoving) return;
    const next = (): void => setTime(({ tick }) => ({ now: Date.now(), tick }));
    const timer = setTimeout(next, Math.max(0, wakeAt - Date.now()) + 1);
    return () => clearTimeout(timer);
  }, [wakeAt, isMoving]);
  return time;
}
