// A worker: lends this machine to the hub's tasks. It looks for tasks that nobody works on, and has a runner for each that
// gets a place here; the runner claims the task. The worker owns nothing: if it dies, its runners go on, and the next
// worker of the machine finds them.

import { hubMachineKey } from '../../core/hub/hub-names.ts';
import { isAtRest, readHubTask, type HubTask } from '../../core/hub/task-record.ts';
import type { LeaseDurations } from '../../core/lease/durations.ts';
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
  /** How many tasks it takes at once. */
  places: number;
  /** Has a runner work on the task; resolves when there is none any more, or the task is another machine's. Never rejects. */
  work(key: string, task: HubTask): Promise<void>;
};

type Worker = {
  /** The tasks that have a runner here. */
  working(): readonly string[];
  /** Takes no task any more. */
  drain(): void;
  close(): void;
};

type Known = { task: HubTask; revision: number };

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
        else known.set(key, { task: found.task, revision });
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

  /** A runner looks closer, and waits for the rest of the time of a lease. */
  function mayBeFree({ lease: { owner } }: HubTask): boolean {
    if (owner === null || owner === machine) return true;
    const { at } = seen.get(hubMachineKey(owner)) ?? { at: watchedAt };
    return bootNow() >= at + durations.leaseMs;
  }

  function look(): void {
    const connection = link.current();
    if (connection === null) return;
    if (connection !== watched) {
      known.clear();
      seen.clear();
    }
    if (connection !== watched || bootNow() >= watchedAt + watchAnewMs) watchOn(connection);
    if (isDraining) return;
    for (const [key, { task }] of known) {
      if (working.size >= places) return;
      if (!working.has(key) && isWaiting(task) && mayBeFree(task) && isDue(key)) begin(key, task);
    }
  }

  function isDue(key: string): boolean {
    return bootNow() >= (triedAt.get(key) ?? -Infinity) + durations.heartbeatMs;
  }

  function begin(key: string, task: HubTask): void {
    working.add(key);
    void deps.work(key, task).finally(() => {
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

/** It is to be worked on, and was given to all machines. */
function isWaiting(task: HubTask): boolean {
  return task.offer !== null && !isAtRest(task);
}
