// Keeps the details of the one task that is looked at, and lets go of them when it is another one.

import type { TaskDetails } from '../../core/task/details.ts';
import type { DetailsFeed, OpenDetails } from './details-feed.ts';

export type DetailsKeeper = {
  follow(task: string | null): void;
  /** The sessions of the task that is followed are looked at. */
  wantSessions(): void;
  /** The task that is followed changed. */
  hurry(): void;
  details(): TaskDetails | null;
  subscribe(listener: () => void): () => void;
  close(): void;
};

export function createDetailsKeeper(openDetails: OpenDetails): DetailsKeeper {
  const listeners = new Set<() => void>();
  let open: { task: string; feed: DetailsFeed } | null = null;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const letGo = (): void => {
    open?.feed.close();
    open = null;
  };
  return {
    follow: (task) => {
      if (task === (open?.task ?? null)) return;
      letGo();
      if (task === null) return;
      open = { task, feed: openDetails(task) };
      open.feed.subscribe(tell);
    },
    wantSessions: () => open?.feed.wantSessions(),
    hurry: () => open?.feed.hurry(),
    details: () => open?.feed.details() ?? null,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: letGo,
  };
}

/** Where nobody looks closer. */
export const noDetails: OpenDetails = () => ({
  details: () => null,
  wantSessions: () => {},
  hurry: () => {},
  subscribe: () => () => {},
  close: () => {},
});
