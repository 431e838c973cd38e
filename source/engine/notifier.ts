// Tells its listeners that something changed, about ten times a second at most: React renders once per notification, whatever
// Ink's frame cap is.

import type { Clock } from '../system/clock.ts';
import { everySoOften } from './turns.ts';

const betweenNotificationsMs = 100;

type Notifier = {
  /** Something changed: notifies listeners now, or when it is their turn again. */
  due(): void;
  /** The user waits for it: notifies listeners at once. */
  now(): void;
  subscribe(listener: () => void): () => void;
  /** Tells nobody any more. */
  close(): void;
};

export function createNotifier(clock: Clock): Notifier {
  const listeners = new Set<() => void>();
  const turns = everySoOften(clock, betweenNotificationsMs);
  let cancelWait: (() => void) | null = null;
  const tell = (): void => {
    cancelWait?.();
    cancelWait = null;
    turns.take();
    for (const listener of listeners) listener();
  };
  return {
    due: () => {
      const turnIn = turns.nextIn();
      if (turnIn === 0) return tell();
      cancelWait ??= clock.every(turnIn, tell);
    },
    now: tell,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => {
      listeners.clear();
      cancelWait?.();
      cancelWait = null;
    },
  };
}
