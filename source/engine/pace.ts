// How often to look, in case hints were lost: every second while something happens, every five seconds after a
// quiet while. A screen open all night with nothing to show then wakes up a fifth as often.

import type { Clock } from '../system/clock.ts';

type Pace = {
  /** Something happened: looks every second again, for a while. */
  hurry(): void;
  stop(): void;
};

const briskMs = 1000;
const calmMs = 5000;
const looksUntilCalm = 30;

export function keepLooking(clock: Pick<Clock, 'every'>, look: () => void): Pace {
  let looks = 0;
  let pace: 'brisk' | 'calm' = 'brisk';
  let stopLooking = clock.every(briskMs, lookAgain);

  function lookAgain(): void {
    looks++;
    if (pace === 'brisk' && looks >= looksUntilCalm) change('calm');
    look();
  }

  function change(next: 'brisk' | 'calm'): void {
    pace = next;
    stopLooking();
    stopLooking = clock.every(next === 'brisk' ? briskMs : calmMs, lookAgain);
  }

  return {
    hurry: () => {
      looks = 0;
      if (pace === 'calm') change('brisk');
    },
    stop: () => stopLooking(),
  };
}
