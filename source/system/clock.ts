// The only access to time. Everything that waits receives a Clock, so that tests can advance it by hand.

import { uptime } from 'node:os';

export type Clock = {
  /** Wall clock, epoch ms: what the user sees. It may jump. */
  now(): number;
  /** Milliseconds that never jump, and stop while the machine sleeps. */
  monotonic(): number;
  /** How long the machine has slept so far, ms; only growth is meaningful. Setting the clock does not change it. */
  slept(): number;
  /**
   * Calls back once at or after `at` (wall clock). A clock set back does not lengthen the wait: it ends when the
   * time it was to take has passed. Returns the function that cancels it.
   */
  wakeAt(at: number, callBack: () => void): () => void;
  /**
   * Calls back repeatedly, first within the interval. All intervals of whole half seconds coincide, so that
   * everything that polls shares one wake-up. Returns the function that cancels it.
   */
  every(intervalMs: number, callBack: () => void): () => void;
};

/** setTimeout takes at most 2^31-1 ms, and fires late after a sleep: so check every half minute. */
const longestNapMs = 30_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  // On Linux uptime counts the machine's sleep, and hrtime (CLOCK_MONOTONIC) does not.
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
    if (intervalMs % 500 === 0) return everyWhole(intervalMs, callBack);
    const timer = setInterval(callBack, intervalMs);
    return () => clearInterval(timer);
  },
};

/** For waits on the system itself, such as on another process: what decides by time has a Clock from its deps. */
export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => systemClock.wakeAt(systemClock.now() + ms, resolve));
}

/** At each multiple of the interval on the monotonic clock. */
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
