// A clock that stands still until a test turns it, and then fires the timers that are due, in order.

import type { Clock } from '../../source/system/clock.ts';

type Timer = { at: number; everyMs: number | null; callBack: () => void };

export class HandClock implements Clock {
  #now: number;
  #slept = 0;
  /** How far it has been set forward so far; below 0 if back. */
  #setBy = 0;
  readonly #timers = new Set<Timer>();

  constructor(now = Date.UTC(2026, 0, 29, 12)) {
    this.#now = now;
  }

  now = (): number => this.#now;

  monotonic = (): number => this.#now - this.#setBy - this.#slept;

  slept = (): number => this.#slept;

  wakeAt = (at: number, callBack: () => void): (() => void) => {
    const cancel = this.#add({ at, everyMs: null, callBack });
    // A timer in the past fires at once, as with every clock.
    if (at <= this.#now) queueMicrotask(() => this.turn(0));
    return cancel;
  };

  every = (everyMs: number, callBack: () => void): (() => void) =>
    this.#add({ at: this.#now + everyMs, everyMs, callBack });

  /** How many timers are pending. */
  get waiting(): number {
    return this.#timers.size;
  }

  turn(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#now = Math.max(this.#now, due.at);
      if (due.everyMs === null) this.#timers.delete(due);
      else due.at += due.everyMs;
      due.callBack();
    }
    this.#now = until;
  }

  /** The machine sleeps: no timer fires meanwhile. */
  sleep(ms: number): void {
    this.#slept += ms;
    this.#now += ms;
  }

  /** This process is stopped for a while and then continues: no timer fired meanwhile. */
  freeze(ms: number): void {
    this.#now += ms;
  }

  /** The clock is set: that fires no timer, and setting it back makes no wait longer. */
  set(now: number): void {
    const byMs = now - this.#now;
    for (const timer of this.#timers) if (byMs < 0 || timer.everyMs !== null) timer.at += byMs;
    this.#setBy += byMs;
    this.#now = now;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }
}
