// A clock that stands still until a test turns it, and then calls whoever is due, in order.

import type { Clock } from '../../source/system/clock.ts';

type Timer = { at: number; everyMs: number | null; callBack: () => void };

export class HandClock implements Clock {
  #now: number;
  #slept = 0;
  /** How much somebody has set it forth so far; below 0 where back. */
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
    // Who comes too late is called at once, as by every clock.
    if (at <= this.#now) queueMicrotask(() => this.turn(0));
    return cancel;
  };

  every = (everyMs: number, callBack: () => void): (() => void) =>
    this.#add({ at: this.#now + everyMs, everyMs, callBack });

  /** How many are waiting to be called. */
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

  /** The machine sleeps: nobody is called meanwhile. */
  sleep(ms: number): void {
    this.#slept += ms;
    this.#now += ms;
  }

  /** This process is stopped for a while, and then goes on: nobody was called meanwhile. */
  freeze(ms: number): void {
    this.#now += ms;
  }

  /** Somebody sets the clock: timers are not called for that, and back makes no wait longer. */
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
