// Why a task cannot be given a worktree or lose it, in a few words; null if it can: before its first session, in a
// repository that has a commit.

import { isSameDirectory } from '../../../core/run/record.ts';
import { stateDirectoryAt } from '../../../system/state/state-directory.ts';
import { locateState } from '../../../system/state/state-location.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';
import { canHaveWorktree } from '../../../system/worktree/can-have.ts';
import type { ProjectPaths } from '../../project-paths.ts';

export async function whyWorktreeFixed(
  { project, home }: ProjectPaths,
  name: string,
): Promise<string | null> {
  const task = taskDirectory(project, name);
  const state = stateDirectoryAt(locateState(home, project, name));
  const [directory, record] = [await task.identity(), await state.readRecord()];
  if (directory !== null && record !== null && isSameDirectory(record.directory, directory)) {
    return 'chosen before its first run';
  }
  if ((await task.logChangedAt()) !== null) return 'it has worked already';
  return (await canHaveWorktree(project)) ? null : 'needs a git repository with a commit';
}
