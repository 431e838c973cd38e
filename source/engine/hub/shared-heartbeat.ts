// One heartbeat for all processes of this machine: the one that has the lock writes it, and tells the others by a file. If it
// dies, another takes over within a second.

import type { Clock } from '../../system/clock.ts';
import type { Lock } from '../../system/files/lock.ts';
import { serially } from '../serially.ts';
import {
  keepHeartbeat,
  type ConfirmedHeartbeat,
  type Heartbeat,
  type HeartbeatDeps,
} from './heartbeat.ts';

type SharedHeartbeatDeps = Omit<HeartbeatDeps, 'clock'> & {
  clock: Pick<Clock, 'now' | 'wakeAt' | 'every'>;
  /** Null while another process has it. */
  takeLock(): Promise<Lock | null>;
  file: {
    /** The last one of this boot; null if there is none. */
    read(): Promise<ConfirmedHeartbeat | null>;
    write(confirmed: ConfirmedHeartbeat): Promise<void>;
  };
};

const lookEveryMs = 1000;

export function shareHeartbeat(deps: SharedHeartbeatDeps): Heartbeat {
  const { takeLock, file, clock } = deps;
  const listeners = new Set<(confirmed: ConfirmedHeartbeat) => void>();
  let own: { heartbeat: Heartbeat; lock: Lock } | null = null;
  let last: ConfirmedHeartbeat | null = null;
  let isOver = false;

  const tell = (confirmed: ConfirmedHeartbeat): void => {
    last = confirmed;
    for (const listener of [...listeners]) listener(confirmed);
  };
  const look = serially(async () => {
    if (isOver || own !== null) return;
    const lock = await takeLock();
    if (lock !== null) {
      if (isOver) return lock.release();
      own = { lock, heartbeat: keepHeartbeat(deps) };
      own.heartbeat.onConfirmed((confirmed) => {
        // If the file cannot be written, the others' leases end in time.
        file.write(confirmed).catch(() => {});
        tell(confirmed);
      });
      return;
    }
    const found = await file.read();
    const isNews = last?.hubStart !== found?.hubStart || last?.sentAt !== found?.sentAt;
    if (found !== null && isNews && !isOver) tell(found);
  });
  const lookSoon = (): void => void look().catch(() => {});
  const stopLooking = clock.every(lookEveryMs, lookSoon);
  lookSoon();
  return {
    onConfirmed: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    confirmed: () => last,
    problem: () => own?.heartbeat.problem() ?? null,
    close: () => {
      isOver = true;
      stopLooking();
      own?.heartbeat.close();
      own?.lock.release();
      own = null;
      listeners.clear();
    },
  };
}
