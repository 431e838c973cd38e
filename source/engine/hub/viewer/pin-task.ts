// Pins a task of the hub to one machine, or lets any machine take it again. It is written by compare-and-set, and changes
// nothing of the lease.
//
// The owner of a task that was given with a pin holds it without end, also while the hub is away. So that pin is taken back only
// while the task has no owner, in a record that was written since the hub started last: one that came back older may have
// forgotten an owner that goes on without it. A pin that is given later only keeps the other machines away: its owner holds the
// task by a lease like any other, since a hub that comes back older does not know the pin.

import { writtenHubTask } from '../../../core/hub/task-record.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';
import { readTaskAtHub } from './task-at-hub.ts';

type Pinning = {
  connection: HubConnection;
  /** The task's key in the hub. */
  key: string;
  /** The machine that it is pinned to if it has no owner; null: any machine may take it. */
  machine: string | null;
  newId(): string;
};

/** More machines than this do not write one record at the same moment. */
const attempts = 10;

/** Returns the machine that it is pinned to; null for none. Doing it twice is doing it once. Throws a sentence if it cannot be. */
export async function pinTask({
  connection,
  key,
  machine,
  newId,
}: Pinning): Promise<string | null> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { revision, task } = await readTaskAtHub(connection, key);
    const { offer, lease } = task;
    if (offer === null) throw new Error('It stays with its machine anyway');
    const pinned = machine === null ? null : (lease.owner ?? machine);
    if (offer.pinned === pinned) return pinned;
    if (offer.remote === null) {
      throw new Error(
        `It is worked on in the project itself, on ${offer.pinned}: no other machine can have it`,
      );
    }
    if (offer.pinned !== null && offer.pinnedLater !== true) {
      if (lease.owner !== null) {
        throw new Error(`${lease.owner} has it, and was given it with its pin: pause it first`);
      }
      if (lease.hubStart !== connection.hubStart) {
        throw new Error(
          `The hub was started again since ${offer.pinned} had it last: continue it there and pause it, then its pin can be changed`,
        );
      }
    }
    const { pinnedLater: _, ...before } = offer;
    const pin = pinned === null ? { pinned } : { pinned, pinnedLater: true as const };
    const next = { ...task, written: newId(), offer: { ...before, ...pin } };
    const written = { text: writtenHubTask(next), expected: revision };
    if ((await connection.write('tasks', key, written)) !== 'refused') return pinned;
  }
  throw new Error('Other machines change this task again and again: try it again');
}
