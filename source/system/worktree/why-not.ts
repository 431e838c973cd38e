// Why a repository can have no worktree for a task now, one sentence; null if it can.

import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from '../git/repository.ts';

const underWay = [
  ['rebase-merge', 'A rebase'],
  ['rebase-apply', 'A rebase'],
  ['MERGE_HEAD', 'A merge'],
  ['CHERRY_PICK_HEAD', 'A cherry-pick'],
  ['REVERT_HEAD', 'A revert'],
] as const;

/** The branch would begin in the middle of it. */
export async function whatIsUnderWay({ gitDir }: Repository): Promise<string | null> {
  for (const [name, what] of underWay) {
    if (await isThere(join(gitDir, name))) {
      return `${what} is in progress in the repository: finish or abort it, then start the task with a worktree`;
    }
  }
  return null;
}

/** `problem`: of the look for a repository; null where there is none. */
export async function noRepository(project: string, problem: string | null): Promise<string> {
  if (problem !== null) return `There can be no worktree: ${problem}`;
  const parts = ['HEAD', 'objects', 'refs'].map((name) => isThere(join(project, name)));
  return (await Promise.all(parts)).every(Boolean)
    ? 'There can be no worktree: the project is a bare repository. Start the task in a clone or worktree of it'
    : 'There can be no worktree: the project is not in a git repository. Make one with git init and a first commit';
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
