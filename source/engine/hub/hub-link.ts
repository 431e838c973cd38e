// The connection of a process to its hub: made anew each time it is lost, as another one. Whoever has sent something on one
// connection hears the answer only while that is the present one, so answers come in the order of the connections.

import type { HubConnection } from '../../system/hub/hub-connection.ts';
import type { Clock } from '../../system/clock.ts';

export type HubLink = {
  /** Null while there is none. */
  current(): HubConnection | null;
  /** Why there is none, as a sentence; null while there is one, or before the first was tried. */
  problem(): string | null;
  /** Calls back when a connection was made or lost; not for what is. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
};

type LinkDeps = { connect(): Promise<HubConnection>; clock: Pick<Clock, 'now' | 'wakeAt'> };

const againMs = 1000;

export function linkHub({ connect, clock }: LinkDeps): HubLink {
  const listeners = new Set<() => void>();
  let connection: HubConnection | null = null;
  let problem: string | null = null;
  let isOver = false;
  let cancelTimer = (): void => {};

  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const lost = (error: unknown): void => {
    connection = null;
    problem = error instanceof Error ? error.message : String(error);
    if (isOver) return;
    cancelTimer = clock.wakeAt(clock.now() + againMs, () => void begin());
    tell();
  };
  const begin = async (): Promise<void> => {
    try {
      const made = await connect();
      if (isOver) return await made.close();
      connection = made;
      problem = null;
      void made.closed.then(lost);
      tell();
    } catch (error) {
      lost(error);
    }
  };

  void begin();
  return {
    current: () => connection,
    problem: () => problem,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: async () => {
      isOver = true;
      cancelTimer();
      listeners.clear();
      await connection?.close();
    },
  };
}
