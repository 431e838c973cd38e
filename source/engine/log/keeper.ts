// Keeps the log of the one task that is looked at open, and lets go of it when another one is.

import type { LogPicture, LogWish } from '../../core/log/snapshot.ts';
import type { LogFeed } from './feed.ts';

export type OpenLog = (task: string) => LogFeed;

export type SessionLog = LogPicture & { task: string };

export type LogKeeper = {
  follow(task: string | null): void;
  /** What is to be seen of it. */
  look(wish: LogWish): void;
  /** The same object as long as nothing changed; null when no log is open. */
  log(): SessionLog | null;
  subscribe(listener: () => void): () => void;
  /** What was wanted to be seen is there. */
  onAnswer(listener: () => void): () => void;
  close(): void;
};

export function createLogKeeper(openLog: OpenLog): LogKeeper {
  const listeners = new Set<() => void>();
  const answerListeners = new Set<() => void>();
  let open: { task: string; feed: LogFeed } | null = null;
  let seen: { of: LogPicture; log: SessionLog } | null = null;
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
    look: (wish) => open?.feed.look(wish),
    log: () => {
      if (open === null) return null;
      const picture = open.feed.picture();
      if (seen?.of !== picture) seen = { of: picture, log: { ...picture, task: open.task } };
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
