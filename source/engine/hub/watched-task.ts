// A watch of one task's record, as a hint. It is made anew on each connection, and where it has gone blind: after a restart
// of the server a watch may stay silent for good, so what a look finds is compared with what the watch has told.

import type { HubConnection, HubEntry } from '../../system/hub/hub-connection.ts';

type WatchedTask = {
  /** On this connection from now on; null: on none. */
  on(connection: HubConnection | null): void;
  /** What a look at the hub has found. */
  looked(revision: number): void;
};

export function watchTask(
  key: string,
  onEntry: (connection: HubConnection, entry: HubEntry) => void,
): WatchedTask {
  let watched: HubConnection | null = null;
  let close = (): void => {};
  let toldRevision = 0;
  let lastLooked = 0;

  const begin = (connection: HubConnection): void => {
    toldRevision = 0;
    lastLooked = 0;
    const watch = connection.watch('tasks', key, (_, entry) => {
      toldRevision = Math.max(toldRevision, entry.revision);
      onEntry(connection, entry);
    });
    close = watch.close;
  };

  return {
    on: (connection) => {
      if (connection === watched) return;
      close();
      close = () => {};
      watched = connection;
      if (connection !== null) begin(connection);
    },
    looked: (revision) => {
      // One look later, what the look before found must have come this way, too.
      const isBlind = toldRevision < lastLooked;
      lastLooked = revision;
      if (!isBlind || watched === null) return;
      close();
      begin(watched);
    },
  };
}
