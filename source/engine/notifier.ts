// Tells its listeners that something changed, at most ten times a second: React renders once per notification, whatever
// Ink's frame cap is.

import type { Clock } from '../system/clock.ts';

const betweenNotificationsMs = 100;

type Notifier = {
  /** Something changed: notifies listeners now, or as soon as the last notification is old enough. */
  due(): void;
  /** The user waits for it: notifies listeners at once. */
  now(): void;
  subscribe(listener: () => void): () => void;
  /** Tells nobody any more. */
  close(): void;
};

export function createNotifier(clock: Clock): Notifier {
  const listeners = new Set<() => void>();
  let lastAt = -Infinity;
  let cancelWait: (() => void) | null = null;
  const tell = (): void => {
    cancelWait?.();
    cancelWait = null;
    lastAt = clock.now();
    for (const listener of listeners) listener();
  };
  return {
    due: () => {
      const dueAt = lastAt + betweenNotificationsMs;
      const now = clock.now();
      // A clock that was set back must not delay notifications, including one already scheduled.
      if (now >= dueAt || now < lastAt) return tell();
      cancelWait ??= clock.wakeAt(dueAt, tell);
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
