// Gives a task to the hub: from then on any of its machines may claim it.

import { writtenHubTask } from '../../core/hub/task-record.ts';
import { whyNotOffered, type TaskOffer } from '../../core/hub/task-offer.ts';
import type { RunRecord } from '../../core/run/record.ts';
import type { HubConnection } from '../../system/hub/hub-connection.ts';

type Gift = {
  key: string;
  run: RunRecord | null;
  offer: TaskOffer | null;
  /**
   * This task has never been at a hub. Otherwise a hub that has lost its store may have forgotten an owner, and the task is
   * free only after the time of a lease.
   */
  isNew: boolean;
  newId(): string;
};

/** Returns false if the hub has the task already: that is left as it is. Throws a sentence if no machine could work on it. */
export async function giveTask(
  connection: HubConnection,
  { key, run, offer, isNew, newId }: Gift,
): Promise<boolean> {
  const problem = offer === null ? null : whyNotOffered(offer);
  if (problem !== null) throw new Error(problem);
  const hubStart = isNew ? connection.hubStart : '';
  const lease = { task: key, owner: null, epoch: 0, nonce: newId(), hubStart };
  const text = writtenHubTask({ lease, written: newId(), run, offer, continued: null });
  return (await connection.write('tasks', key, { text, expected: 0 })) !== 'refused';
}
