// Lets a task whose run has ended go on: from then on the next worker with a free place takes it. Only the owner may write
// where its run is, so the run stays as it ended, and the record says beside it that the user wants it to go on. It is
// written by compare-and-set, and changes nothing of the lease: a machine that claims the task at the same time wins.

import { isAtRest, writtenHubTask } from '../../../core/hub/task-record.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';
import { readTaskAtHub } from './task-at-hub.ts';

type Continuing = {
  connection: HubConnection;
  /** The task's key in the hub. */
  key: string;
  newId(): string;
  /** Something is to become a step of it. */
  evenIfDone?: boolean;
};

/** More machines than this do not write one record at the same moment. */
const attempts = 10;

/**
 * Returns once a machine may take it, or has it. Doing it twice is doing it once. Throws a sentence if it cannot go on, or if
 * the hub cannot be used.
 */
export async function continueTask({
  connection,
  key,
  newId,
  evenIfDone = false,
}: Continuing): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { revision, task } = await readTaskAtHub(connection, key);
    if (task.offer === null) throw new Error('It stays with its machine: continue it there');
    if (task.run === null || !isAtRest(task)) return;
    if (task.run.ending?.kind === 'done' && !evenIfDone)
      throw new Error('It is done: all steps are ticked');
    const next = { ...task, written: newId(), continued: task.run.run };
    const written = { text: writtenHubTask(next), expected: revision };
    if ((await connection.write('tasks', key, written)) !== 'refused') return;
  }
  throw new Error('Other machines change this task again and again: try it again');
}
