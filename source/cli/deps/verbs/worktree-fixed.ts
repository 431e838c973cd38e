// Why what is chosen before a task's first session can no longer be changed, in a few words; null if it can. A worktree
// also needs a repository that has a commit.

import { isSameDirectory } from '../../../core/run/record.ts';
import { stateDirectoryAt } from '../../../system/state/state-directory.ts';
import { locateState } from '../../../system/state/state-location.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';
import { canHaveWorktree } from '../../../system/worktree/can-have.ts';
import type { ProjectPaths } from '../../project-paths.ts';

export async function whyWorktreeFixed(paths: ProjectPaths, name: string): Promise<string | null> {
  const fixed = await whyStartFixed(paths, name);
  if (fixed !== null) return fixed;
  return (await canHaveWorktree(paths.project)) ? null : 'needs a git repository with a commit';
}

/** Of every choice that only the first run of a task can follow. */
export async function whyStartFixed(
  { project, home }: ProjectPaths,
  name: string,
): Promise<string | null> {
  const task = taskDirectory(project, name);
  const state = stateDirectoryAt(locateState(home, project, name));
  const [directory, record] = [await task.identity(), await state.readRecord()];
  if (directory !== null && record !== null && isSameDirectory(record.directory, directory)) {
    return 'chosen before its first run';
  }
  return (await task.logChangedAt()) === null ? null : 'it has worked already';
}
