// The claim of a process that takes over a task, or who has it.

import { refusals } from '../../core/take-over/words.ts';
import type { TaskView } from '../../core/task/board.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import type { Claim, Coordination } from '../coordination/coordination.ts';

type ClaimDeps = {
  coordination: Pick<Coordination, 'claim'>;
  task: Pick<TaskDirectory, 'identity'>;
  state: Pick<StateDirectory, 'readTakeOver'>;
  /** Of this process. */
  pid: number;
  view(): Promise<TaskView>;
  delay(ms: number): Promise<void>;
};

export const lookEveryMs = 250;
/** Another process that takes over owns the task before it says so: it finds out first how Codex is to be called. */
const otherPatienceMs = 10_000;

/** Or a sentence that names who owns the task: a runner, or a process that lends its terminal. */
export async function claimOf(deps: ClaimDeps): Promise<Claim | string> {
  for (let ms = 0; ; ms += lookEveryMs) {
    const claim = await deps.coordination.claim();
    if (claim !== null) return claim;
    const { label, run } = await deps.view();
    if (run !== null) return refusals.running(label);
    const other = await deps.state.readTakeOver(await deps.task.identity());
    if (other?.ended === null) {
      return other.pid === deps.pid
        ? refusals.hereAlready(label)
        : refusals.byAnother(label, other.pid);
    }
    if (ms >= otherPatienceMs) return refusals.running(label);
    await deps.delay(lookEveryMs);
  }
}
