// What the screen and `--list` say of a task's branch.

import { cleanLine } from '../text/clean.ts';
import type { TaskWorktree } from './task-worktree.ts';

/** All strings are safe to print. */
export type TaskBranch = {
  /** `autonomous/cart` */
  readonly name: string;
  /** The branch that it began on; null if HEAD was detached. */
  readonly from: string | null;
  /** The worktree's directory. */
  readonly path: string;
  /** How many commits it has that `from` has not; null while that is not known. */
  readonly ahead: number | null;
};

export function taskBranch({ branch, from, path }: TaskWorktree, ahead: number | null): TaskBranch {
  return {
    name: cleanLine(branch),
    from: from === null ? null : cleanLine(from.replace(/^refs\/heads\//, '')),
    path: cleanLine(path, { maxLength: 4096 }),
    ahead,
  };
}

/** `autonomous/cart, 3 commits ahead of main` */
export function branchWords({ name, from, ahead }: TaskBranch): string {
  if (ahead === null) return name;
  const commits = ahead === 1 ? '1 commit' : `${ahead} commits`;
  return `${name}, ${commits} ahead of ${from ?? 'where it began'}`;
}

/** Whether a task is done and its branch has what the one that it began on has not. */
export function isReadyToMerge({
  state,
  run,
  branch,
}: {
  state: { word: string };
  run: string | null;
  branch: TaskBranch | null;
}): boolean {
  return run === null && state.word === 'done' && (branch?.ahead ?? 0) > 0;
}

/** `branch +3`: the task's name is beside it. */
export function shortBranchWords({ ahead }: TaskBranch): string {
  return ahead === null || ahead === 0 ? 'branch' : `branch +${ahead}`;
}
