// A worker: lends this machine to the hub's tasks. It looks for tasks that nobody works on, and has a runner for each that
// gets a place here; the runner claims the task. The worker owns nothing: if it dies, its runners go on, and the next
// worker of the machine finds them.

import { hubMachineKey } from '../../core/hub/hub-names.ts';
import { isAtRest, readHubTask, type HubTask } from '../../core/hub/task-record.ts';
import { isFor } from '../../core/hub/task-offer.ts';
import type { LeaseDurations } from '../../core/lease/durations.ts';
import type { Seen } from '../../core/lease/seen.ts';
import type { Clock } from '../../system/clock.ts';
import type { HubConnection } from '../../system/hub/hub-connection.ts';
import type { HubLink } from './hub-link.ts';

type WorkerDeps = {
  link: HubLink;
  clock: Pick<Clock, 'now' | 'every'>;
  /** The clock of `core/lease/lease.ts`. */
  bootNow(): number;
  /** This machine's name in the hub. */
  machine: string;
  durations: LeaseDurations;
  /** No other machine takes part in the hub under this one's name. */
  isAlone(): boolean;
  /** How many tasks it takes at once. */
  places: number;
  /**
   * Has a runner work on the task; resolves when there is none any more, or the task is another machine's. Never rejects.
   * `seen`: the runner need not wait for a silence that was seen here.
   */
  work(key: string, task: HubTask, seen: Seen): Promise<void>;
};

type Worker = {
  /** The tasks that have a runner here. */
  working(): readonly string[];
  /** Takes no task any more. */
  drain(): void;
  close(): void;
};

/** `at`: when this revision was first seen, by this machine's clock. */
type Known = { task: HubTask; revision: number; at: number };

const lookEveryMs = 1000;
/** A watch can go blind. */
const watchAnewMs = 30_000;

export function startWorker(deps: WorkerDeps): Worker {
  const { link, clock, bootNow, machine, durations, places } = deps;
  const known = new Map<string, Known>();
  /** When each machine's heartbeat was last seen to change, by this machine's clock. */
  const seen = new Map<string, { revision: number; at: number }>();
  const working = new Set<string>();
  /** When a task may be tried again. */
  const triedAt = new Map<string, number>();
  let watched: HubConnection | null = null;
  let watchedAt = 0;
  let watches: readonly { close(): void }[] = [];
  let isDraining = false;

  function watchOn(connection: HubConnection): void {
    unwatch();
    watched = connection;
    watchedAt = bootNow();
    watches = [
      connection.watch('tasks', 'task.>', (key, { revision, text }) => {
        const found = text === null ? null : readHubTask(text, key);
        if (found?.kind !== 'read') known.delete(key);
        else if (known.get(key)?.revision !== revision)
          known.set(key, { task: found.task, revision, at: bootNow() });
      }),
      connection.watch('machines', 'machine.>', (key, { revision }) => {
        if (seen.get(key)?.revision !== revision) seen.set(key, { revision, at: bootNow() });
      }),
    ];
  }

  function unwatch(): void {
    for (const watch of watches) watch.close();
    watches = [];
  }

  /** A runner looks closer, and waits for the margin. */
  function mayBeFree({ stored: { record }, storedSeenAt, heartbeat }: Seen): boolean {
    const owner = record?.owner ?? null;
    if (owner === null || owner === machine) return true;
    const at = Math.max(storedSeenAt, heartbeat?.seenAt ?? watchedAt);
    return bootNow() >= at + durations.leaseMs;
  }

  function seenOf({ hubStart }: HubConnection, { task, revision, at }: Known): Seen {
    const { lease } = task;
    const heartbeat = lease.owner === null ? undefined : seen.get(hubMachineKey(lease.owner));
    return {
      hubStart,
      stored: { revision, record: lease },
      storedSeenAt: at,
      heartbeat:
        heartbeat === undefined
          ? null
          : { revision: heartbeat.revision, seenAt: heartbeat.at, askedAt: null },
    };
  }

  function look(): void {
    const connection = link.current();
    if (connection === null) return;
    if (connection !== watched) {
      known.clear();
      seen.clear();
    }
    if (connection !== watched || bootNow() >= watchedAt + watchAnewMs) watchOn(connection);
    if (isDraining || !deps.isAlone()) return;
    for (const [key, one] of known) {
      if (working.size >= places) return;
      if (working.has(key) || !isWaiting(one.task, machine) || !isDue(key)) continue;
      const found = seenOf(connection, one);
      if (mayBeFree(found)) begin(key, one.task, found);
    }
  }

  function isDue(key: string): boolean {
    return bootNow() >= (triedAt.get(key) ?? -Infinity) + durations.heartbeatMs;
  }

  function begin(key: string, task: HubTask, found: Seen): void {
    working.add(key);
    void deps.work(key, task, found).finally(() => {
      working.delete(key);
      triedAt.set(key, bootNow());
    });
  }

  const stopLooking = clock.every(lookEveryMs, look);
  const stopListening = link.onChange(look);
  look();
  return {
    working: () => [...working],
    drain: () => {
      isDraining = true;
    },
    close: () => {
      stopLooking();
      stopListening();
      unwatch();
    },
  };
}

/** It is to be worked on, and was given to this machine, too. */
function isWaiting(task: HubTask, machine: string): boolean {
  return task.offer !== null && isFor(machine, task.offer) && !isAtRest(task);
}
