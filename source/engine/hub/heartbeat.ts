// The heartbeat of this machine: one for all of its tasks. What the hub has confirmed extends every lease that the machine
// holds. It is written by compare-and-set on the machine's own key, so that a second machine with the same name is found out:
// of two of one name, neither could tell the other's lease from its own.

import {
  readMachineRecord,
  writtenMachineRecord,
  type MachineRecord,
} from '../../core/hub/machine-record.ts';
import { hubMachineKey } from '../../core/hub/hub-names.ts';
import type { LeaseDurations } from '../../core/lease/durations.ts';
import type { Clock } from '../../system/clock.ts';
import type { HubConnection } from '../../system/hub/hub-connection.ts';
import { serially } from '../serially.ts';
import type { HubLink } from './hub-link.ts';

/** `sentAt`: on the clock that counts sleep, before the heartbeat was sent. */
export type ConfirmedHeartbeat = { hubStart: string; sentAt: number };

export type Heartbeat = {
  onConfirmed(listener: (confirmed: ConfirmedHeartbeat) => void): () => void;
  /** The last one that was; null before the first. */
  confirmed(): ConfirmedHeartbeat | null;
  /** A sentence while another machine has this one's name: then nothing is confirmed. */
  problem(): string | null;
  close(): void;
};

export type HeartbeatDeps = {
  link: HubLink;
  clock: Pick<Clock, 'now' | 'wakeAt'>;
  /** The clock of `core/lease/lease.ts`. */
  bootNow(): number;
  self: MachineRecord;
  durations: LeaseDurations;
};

/** A heartbeat under this machine's name that is not its own, and when it was first seen. */
type Twin = { revision: number; seenAt: number };

export function keepHeartbeat(deps: HeartbeatDeps): Heartbeat {
  const { link, clock, bootNow, self, durations } = deps;
  const key = hubMachineKey(self.machine);
  const listeners = new Set<(confirmed: ConfirmedHeartbeat) => void>();
  /** The machine's own last one; null until it is known. */
  let revision: number | null = null;
  /** On the present connection. */
  let hasBeaten = false;
  let twin: Twin | null = null;
  let last: ConfirmedHeartbeat | null = null;
  let problem: string | null = null;
  let isOver = false;
  let cancelTimer = (): void => {};

  const beat = serially(async () => {
    const connection = link.current();
    cancelTimer();
    if (isOver) return;
    // The next one is due from when this one was, however long the hub takes.
    cancelTimer = clock.wakeAt(clock.now() + durations.heartbeatMs, () => void beat());
    if (connection === null) return;
    try {
      await beatOn(connection);
    } catch {
      // Nothing is known of it: the next one tells.
      revision = null;
    }
  });

  async function beatOn(connection: HubConnection): Promise<void> {
    revision ??= await ownRevision(connection);
    if (revision === null || isOver) return;
    const sentAt = bootNow();
    const text = writtenMachineRecord(self);
    const stored = await connection.write('machines', key, { text, expected: revision });
    if (stored === 'refused') {
      revision = null;
      cancelTimer();
      cancelTimer = clock.wakeAt(clock.now() + durations.answerMs, () => void beat());
      return;
    }
    revision = stored;
    hasBeaten = true;
    if (isOver || link.current() !== connection) return;
    const confirmed = { hubStart: connection.hubStart, sentAt };
    last = confirmed;
    for (const listener of [...listeners]) listener(confirmed);
  }

  /** Null while what is there may be another machine's, which lives. */
  async function ownRevision(connection: HubConnection): Promise<number | null> {
    const found = await connection.read('machines', key);
    const record = found.text === null ? null : readMachineRecord(found.text);
    // Of the same machine before it was switched on anew, nothing lives; but if that writes meanwhile, it is a copy.
    const isOwn = record?.instance === self.instance && (record.boot === self.boot || !hasBeaten);
    if (found.text === null || isOwn) return own(found.revision);
    const now = bootNow();
    if (twin?.revision !== found.revision) twin = { revision: found.revision, seenAt: now };
    const { leaseMs, marginMs } = durations;
    if (now >= twin.seenAt + leaseMs + marginMs) return own(found.revision);
    problem = `Another machine takes part in the hub as ${self.machine}: give each machine a file of its own, written by --serve-hub`;
    return null;
  }

  function own(found: number): number {
    twin = null;
    problem = null;
    return found;
  }

  const stopListening = link.onChange(() => {
    revision = null;
    hasBeaten = false;
    void beat();
  });
  void beat();
  return {
    onConfirmed: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    confirmed: () => last,
    problem: () => problem,
    close: () => {
      isOver = true;
      stopListening();
      cancelTimer();
      listeners.clear();
    },
  };
}

/** Whether no other machine has this one's name: of two, the hub confirms one. False as long as that is not known. */
export function isAlone({
  heartbeat,
  link,
  bootNow,
  durations,
}: Pick<HeartbeatDeps, 'link' | 'bootNow' | 'durations'> & {
  heartbeat: Pick<Heartbeat, 'confirmed'>;
}): boolean {
  const last = heartbeat.confirmed();
  if (last === null || last.hubStart !== link.current()?.hubStart) return false;
  return bootNow() < last.sentAt + durations.leaseMs;
}
