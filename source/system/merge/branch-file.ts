// Which branch and worktree a task has, from `worktree.json` of its state directory.

import { isAbsolute, join } from 'node:path';
import type { TaskBranch } from '../../core/merge/task-branch.ts';
import { readSmallFile } from '../files/safe-file.ts';
import { stateJsonOf, stateLimit } from '../state/state-files.ts';

/** Null if the task works in the project itself. */
export async function readTaskBranch(state: string): Promise<TaskBranch | null> {
  const found = await readSmallFile(join(state, 'worktree.json'), stateLimit);
  const { version, path, branch, from } = stateJsonOf(found) ?? {};
  if (version !== 1 || typeof path !== 'string' || typeof branch !== 'string') return null;
  if (!isAbsolute(path) || branch === '') return null;
  if (typeof from !== 'string') return from === null ? { path, branch, from } : null;
  return from.startsWith('refs/heads/') ? { path, branch, from } : null;
}
