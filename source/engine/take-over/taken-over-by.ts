// Who has a task that is being taken over: it has no run, and its locks are held all the same.

import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';

/** Null if nobody has it now. */
export async function takenOverBy({
  state,
  task,
}: {
  state: Pick<StateDirectory, 'readTakeOver'>;
  task: Pick<TaskDirectory, 'identity'>;
}): Promise<{ pid: number; isTakenOver: true } | null> {
  const takeOver = await state.readTakeOver(await task.identity()).catch(() => null);
  return takeOver?.ended === null ? { pid: takeOver.pid, isTakenOver: true } : null;
}
