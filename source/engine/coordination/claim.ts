// The claim on a task by its two locks: one with its state, and one in its directory, which covers two state homes and moved
// projects.

import type { Lock } from '../../system/files/lock.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import type { Claim } from './coordination.ts';

type ClaimedFiles = {
  state: Pick<StateDirectory, 'takeLock' | 'writeRecord'>;
  /** Null if there is no directory of the task to lock. */
  task: Pick<TaskDirectory, 'takeLock'> | null;
};

/** Both directories must be there. Null if another process has one of the locks. */
export async function claimByLocks(
  { state, task }: ClaimedFiles,
  patienceMs?: number,
): Promise<Claim | null> {
  const locks: Lock[] = [];
  const release = (): void => {
    for (const lock of locks.splice(0)) lock.release();
  };
  try {
    for (const place of task === null ? [state] : [state, task]) {
      const lock = await place.takeLock(patienceMs);
      if (lock === null) {
        release();
        return null;
      }
      locks.push(lock);
    }
  } catch (error) {
    release();
    throw error;
  }
  return { record: (record) => state.writeRecord(record), release };
}
