// Tasks of a hub as one look shows them, for who asks once. How long a machine has been silent is what the hub says of its
// heartbeat: by the hub's clock alone, since this machine has heard nothing before.

import { hubTaskView } from '../../../core/hub/board/hub-task-view.ts';
import { hubMachineKey, taskOfHubKey } from '../../../core/hub/hub-names.ts';
import { readHubTask } from '../../../core/hub/task-record.ts';
import { leaseDurations } from '../../../core/lease/durations.ts';
import type { TaskView } from '../../../core/task/board.ts';
import { placeOf } from '../../../core/task/task-key.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';

type Looking = {
  /** Which tasks: a pattern of their keys in the hub. Default: all. */
  keys?: string;
  now: number;
};

export async function lookOnce(
  connection: Pick<HubConnection, 'list' | 'look'>,
  { keys = 'task.>', now }: Looking,
): Promise<TaskView[]> {
  const entries = await connection.list('tasks', keys);
  // After the tasks: whoever has claimed one meanwhile was heard before.
  const { heartbeats } = await connection.look();
  const ages = new Map(heartbeats.map(({ key, agoMs }) => [key, agoMs]));
  /** Of an owner without a heartbeat nothing is known: a hub that came back older has lost it, and hears it within seconds. */
  const silentMs = (owner: string | null): number | null => {
    const age = owner === null ? undefined : ages.get(hubMachineKey(owner));
    return age !== undefined && age >= leaseDurations.leaseMs ? age : null;
  };
  return entries.flatMap(({ key, text }) => {
    const task = taskOfHubKey(key);
    if (task === null || text === null) return [];
    const found = readHubTask(text, key);
    const owner = found.kind === 'read' ? found.task.lease.owner : null;
    return [hubTaskView({ place: placeOf(task), found, silentMs: silentMs(owner), now })];
  });
}
