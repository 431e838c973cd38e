// Which task comes after which: `--after NAME`. A task that would wait for itself, through others or not, is refused.

import type { DirectoryIdentity } from '../../core/run/record.ts';
import { noTaskOptions } from '../../core/task/options.ts';
import { isTaskName } from '../../core/task/task.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';

type Deps = {
  state(task: string): Pick<StateDirectory, 'readOptions'>;
  directory(task: string): DirectoryIdentity | null;
};

/** Why the task cannot come after that one, one sentence; null if it can, or comes after none. */
export async function whyNotAfter(
  task: string,
  after: string | null,
  deps: Deps,
): Promise<string | null> {
  if (after === null) return null;
  if (after === task) return `${task} cannot come after itself: --after takes another task`;
  if (!isTaskName(after) || deps.directory(after) === null) {
    return `There is no task ${JSON.stringify(after)} to come after: see --list`;
  }
  const chain = [task];
  for (let next: string | null = after; next !== null;) {
    if (chain.includes(next)) {
      return `${[...chain, next].join(' after ')} would never start: --after none takes one of them out`;
    }
    chain.push(next);
    next = await afterOf(next, deps);
  }
  return null;
}

async function afterOf(task: string, { state, directory }: Deps): Promise<string | null> {
  const options = await state(task)
    .readOptions(directory(task))
    .catch(() => noTaskOptions);
  return options.after;
}
