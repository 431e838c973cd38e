// Keeps open the log of the one selected task, and closes it when another task is selected.

import type { LogSnapshot, LogQuery } from '../../core/log/snapshot.ts';
import type { LogFeed } from './feed.ts';

export type OpenLog = (task: string) => LogFeed;

type SessionLog = LogSnapshot & { task: string };

export type LogKeeper = {
  follow(task: string | null): void;
  /** Sets what part of the log is shown. */
  look(query: LogQuery): void;
  /** The same object until something changes; null when no log is open. */
  log(): SessionLog | null;
  subscribe(listener: () => void): () => void;
  /** Called when the result of the log query is there. */
  onAnswer(listener: () => void): () => void;
  close(): void;
};

export function createLogKeeper(openLog: OpenLog): LogKeeper {
  const listeners = new Set<() => void>();
  const answerListeners = new Set<() => void>();
  let open: { task: string; feed: LogFeed } | null = null;
  let seen: { of: LogSnapshot; log: SessionLog } | null = null;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const letGo = (): void => {
    open?.feed.close();
    open = null;
    seen = null;
  };
  return {
    follow: (task) => {
      if (task === (open?.task ?? null)) return;
      letGo();
      if (task !== null) {
        open = { task, feed: openLog(task) };
        open.feed.subscribe(tell);
        open.feed.onAnswer(() => {
          for (const listener of answerListeners) listener();
        });
      }
      tell();
    },
    look: (query) => open?.feed.look(query),
    log: () => {
      if (open === null) return null;
      const snapshot = open.feed.snapshot();
      if (seen?.of !== snapshot) seen = { of: snapshot, log: { ...snapshot, task: open.task } };
      return seen.log;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onAnswer: (listener) => {
      answerListeners.add(listener);
      return () => void answerListeners.delete(listener);
    },
    close: letGo,
  };
}
