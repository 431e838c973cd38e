// The run's record on its way to the hub. The last one wins; who recorded one waits until the hub has it, or one after it.

import type { RunRecord } from '../../core/run/record.ts';

/** The task is not this machine's any more: what it would record is another machine's to say. */
export class LeaseLostError extends Error {
  constructor() {
    super('This machine has lost the lease of the task: it goes on where the lease is now');
    this.name = 'LeaseLostError';
  }
}

type Waiter = { count: number; resolve(): void; reject(error: Error): void };

type RunCopy = {
  /** Of the newest record; null while this machine has no lease. */
  newest(): { run: RunRecord | null; count: number } | null;
  /** Whether the hub lacks the newest one, and may be told. */
  isDue(): boolean;
  /** This machine has the lease, with that run. */
  begin(run: RunRecord | null): void;
  record(run: RunRecord): Promise<void>;
  /** A text with that name was sent, with the newest record. */
  sent(written: string): void;
  /** The hub has the text with that name. */
  stored(written: string): void;
  /** The hub will not take the newest one: a sentence. */
  refused(error: Error): void;
  /** The lease is over. */
  end(): void;
};

export function copyRun(): RunCopy {
  let newest: { run: RunRecord | null; count: number } | null = null;
  let storedCount = 0;
  let refusedCount = -1;
  const counts = new Map<string, number>();
  let waiters: Waiter[] = [];

  const settle = (isOver: (waiter: Waiter) => boolean, tell: (waiter: Waiter) => void): void => {
    const over = waiters.filter(isOver);
    waiters = waiters.filter((waiter) => !isOver(waiter));
    over.forEach(tell);
  };

  return {
    newest: () => newest,
    isDue: () => newest !== null && newest.count > Math.max(storedCount, refusedCount),
    begin: (run) => {
      newest = { run, count: 0 };
      [storedCount, refusedCount] = [0, -1];
    },
    record: (run) => {
      if (newest === null) return Promise.reject(new LeaseLostError());
      newest = { run, count: newest.count + 1 };
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiters.push({ count: newest.count, resolve, reject });
      return promise;
    },
    sent: (written) => {
      if (newest !== null) counts.set(written, newest.count);
    },
    stored: (written) => {
      const count = counts.get(written);
      if (count === undefined) return;
      storedCount = Math.max(storedCount, count);
      for (const [name, sentCount] of counts) if (sentCount < count) counts.delete(name);
      settle(
        (waiter) => waiter.count <= storedCount,
        (waiter) => waiter.resolve(),
      );
    },
    refused: (error) => {
      refusedCount = newest?.count ?? -1;
      settle(
        () => true,
        (waiter) => waiter.reject(error),
      );
    },
    end: () => {
      newest = null;
      counts.clear();
      settle(
        () => true,
        (waiter) => waiter.reject(new LeaseLostError()),
      );
    },
  };
}
