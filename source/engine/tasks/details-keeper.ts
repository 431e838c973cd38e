// Keeps the details of the one task on the details pane, and drops them when another task is selected.

import type { TaskDetails } from '../../core/task/details.ts';
import type { DetailsFeed, OpenDetails } from './details-feed.ts';

export type DetailsKeeper = {
  follow(task: string | null): void;
  /** The followed task changed. Resolves when its details have been looked at. */
  hurry(): Promise<void>;
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
    hurry: () => open?.feed.hurry() ?? Promise.resolve(),
    details: () => open?.feed.details() ?? null,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: letGo,
  };
}

/** Default: no details pane. */
export const noDetails: OpenDetails = () => ({
  details: () => null,
  hurry: () => Promise.resolve(),
  subscribe: () => () => {},
  close: () => {},
});
