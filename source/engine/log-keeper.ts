// Keeps the log of the one task that is looked at open, and lets go of it when another one is.

import type { Entry } from '../core/entry.ts';
import type { LogFeed } from './log-feed.ts';

export type OpenLog = (task: string) => LogFeed;

export type SessionLog = {
  task: string;
  entries: readonly Entry[];
  /** Counts up with every change of the entries. */
  version: number;
  problem: string | null;
};

export type LogKeeper = {
  follow(task: string | null): void;
  /** The same object as long as nothing changed; null when no log is open. */
  log(): SessionLog | null;
  subscribe(listener: () => void): () => void;
  close(): void;
};

export function createLogKeeper(openLog: OpenLog): LogKeeper {
  const listeners = new Set<() => void>();
  let open: { task: string; feed: LogFeed } | null = null;
  let seen: SessionLog | null = null;
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
      }
      tell();
    },
    log: () => {
      if (open === null) return null;
      const { task, feed } = open;
      const version = feed.version();
      const problem = feed.problem();
      if (seen?.version !== version || seen.problem !== problem) {
        seen = { task, entries: feed.entries(), version, problem };
      }
      return seen;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: letGo,
  };
}
