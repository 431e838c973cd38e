// Tails the session.log of the task that is looked at. Log lines never live in React's state: the feed holds
// them, React hears that there are more.

import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Entry } from '../core/entry.ts';
import type { LogFeed } from '../engine/log-feed.ts';

export type OpenLog = (task: string) => LogFeed;

export type SessionLog = {
  task: string;
  entries: readonly Entry[];
  problem: string | null;
};

/** Null when no task is looked at, and for the moment until the log of the next one is open. */
export function useSessionLog(openLog: OpenLog, task: string | null): SessionLog | null {
  const [open, setOpen] = useState<{ task: string; feed: LogFeed } | null>(null);
  useEffect(() => {
    if (task === null) return;
    const feed = openLog(task);
    setOpen({ task, feed });
    return () => {
      feed.close();
      setOpen(null);
    };
  }, [openLog, task]);
  useSyncExternalStore(open?.feed.subscribe ?? noSubscription, () => open?.feed.version() ?? -1);
  if (open === null || open.task !== task) return null;
  return { task: open.task, entries: open.feed.entries(), problem: open.feed.problem() };
}

const noSubscription = () => () => {};
