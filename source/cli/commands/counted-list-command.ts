// `--list` where a task's branch has moved: git counts how far it is ahead, then all is printed as ever.

import { countAhead } from '../../system/worktree/count-ahead.ts';
import { locateState } from '../../system/state/state-location.ts';
import { directoryIdentity } from '../../system/state/task-snapshot.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { listCommand } from './list-command.ts';

export async function countedListCommand(invocation: Invocation): Promise<number> {
  const exitCode = await listCommand(invocation, async ({ project, home }, tasks) => {
    for (const name of tasks) {
      const [state, directory] = [
        locateState(home, project, name),
        directoryIdentity(project, name),
      ];
      await countAhead({ project, state, directory, environment: process.env });
    }
  });
  return exitCode ?? exitCodes.done;
}
