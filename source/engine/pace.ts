// How often one looks at what hints should tell of: every second while something happens, every five seconds where
// nothing did for a while. A screen that stands open all night beside nothing wakes up five times less for it.

import type { Clock } from '../system/clock.ts';

export type Pace = {
  /** Something happened: from now on one looks every second, for a while. */
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
