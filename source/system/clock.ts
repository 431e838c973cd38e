// The one door to time. Everything that waits gets it handed in, so that tests turn it by hand.

import { uptime } from 'node:os';

export type Clock = {
  /** Wall clock, epoch ms: what a person would read. It may jump. */
  now(): number;
  /** Milliseconds that never jump, and stand still while the machine sleeps. */
  monotonic(): number;
  /** How long the machine has slept so far, ms: only what it grows by says something. A clock that is set changes nothing. */
  slept(): number;
  /**
   * Calls back once at or after `at` (wall clock). A clock that is set back does not make the wait longer: it is over
   * when so much time has passed as it was to take. Returns how to call it off.
   */
  wakeAt(at: number, callBack: () => void): () => void;
  /**
   * Calls back again and again, for the first time within the interval. All intervals of whole seconds fall together:
   * one wake-up for whoever looks from time to time. Returns how to call it off.
   */
  every(intervalMs: number, callBack: () => void): () => void;
};

/** setTimeout takes at most 2^31-1 ms, and a machine that slept fires late: so look again every half minute. */
const longestNapMs = 30_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  // On Linux the one counts on while the machine sleeps, and the other (CLOCK_MONOTONIC) does not.
  slept: () => uptime() * 1000 - Number(process.hrtime.bigint() / 1_000_000n),
  wakeAt(at, callBack) {
    const passedAt = performance.now() + at - Date.now();
    const leftMs = (): number => Math.min(at - Date.now(), passedAt - performance.now());
    let timer: NodeJS.Timeout;
    const nap = (): void => {
      const left = leftMs();
      if (left <= 0) callBack();
      else timer = setTimeout(nap, Math.min(left, longestNapMs));
    };
    timer = setTimeout(nap, Math.max(0, Math.min(leftMs(), longestNapMs)));
    return () => clearTimeout(timer);
  },
  every(intervalMs, callBack) {
    if (intervalMs % 1000 === 0) return everyWhole(intervalMs, callBack);
    const timer = setInterval(callBack, intervalMs);
    return () => clearInterval(timer);
  },
};

/** At each multiple of the interval, as the clock that never jumps has it. */
function everyWhole(intervalMs: number, callBack: () => void): () => void {
  let timer: NodeJS.Timeout;
  const nap = (): void => {
    timer = setTimeout(wake, intervalMs - (performance.now() % intervalMs));
  };
  const wake = (): void => {
    nap();
    callBack();
  };
  nap();
  return () => clearTimeout(timer);
}
