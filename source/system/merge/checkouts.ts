// Where a branch is checked out: the files there follow when it moves. What git lists of worktrees is taken only where
// the repository is found there, too.

import { lstat, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { errorMessage } from '../../core/text/error-message.ts';
import { isMissing } from '../files/plain-file.ts';
import { readSmallFile } from '../files/safe-file.ts';
import { git, type GitCall } from '../git/command.ts';
import { findRepository, type Repository } from '../git/repository.ts';
import {
  commonDirectory,
  listWorktrees,
  textOf,
  worktreeDirectories,
  type ListedWorktree,
} from './common-directory.ts';

type Problem = { problem: string };

/** `repository`: the project's own, whatever worktree it is in. */
export async function checkoutsOf(
  call: GitCall,
  repository: Repository,
  ref: string,
): Promise<{ checkouts: readonly Repository[] } | Problem> {
  const common = await commonDirectory(call);
  if ('problem' in common) return common;
  const listed = await listWorktrees(call);
  if ('problem' in listed) return listed;
  const checkouts: Repository[] = [];
  for (const worktree of listed.worktrees.filter((one) => one.ref === ref)) {
    const found = await repositoryOf(worktree, { call, repository, common: common.path });
    if (found === null) continue;
    if ('problem' in found) return found;
    checkouts.push(found);
  }
  return { checkouts };
}

type Context = { call: GitCall; repository: Repository; common: string };

/** Null for one that is gone, and for the directory of a bare repository. */
async function repositoryOf(
  { path, isMain, isLocked }: ListedWorktree,
  { call, repository, common }: Context,
): Promise<Repository | Problem | null> {
  if (isMain && repository.gitDir === common) return repository;
  const root = isMain ? await mainRoot(call, path, common) : path;
  if (root === null) return null;
  try {
    await lstat(root);
  } catch (error) {
    if (isMissing(error) && !isLocked) return null;
    return { problem: `the worktree ${root} cannot be reached: ${errorMessage(error)}` };
  }
  const found = await findRepository(root);
  const isSound =
    'repository' in found &&
    found.repository.root === (await realpath(root)) &&
    (await isPartOf(call, found.repository, common));
  return isSound ? found.repository : { problem: `the worktree ${root} is not sound` };
}

async function isPartOf(
  call: GitCall,
  { gitDir, root }: Repository,
  common: string,
): Promise<boolean> {
  const its = await commonDirectory({ ...call, gitDir, workTree: root });
  return 'path' in its && its.path === common;
}

/** Where the common directory is not in `.git`, as a submodule's, its configuration names the root. */
async function mainRoot(call: GitCall, path: string, common: string): Promise<string | null> {
  const inside = await realpath(join(path, '.git')).catch(() => null);
  if (inside === common) return path;
  const answer = await git(call, {
    arguments: ['config', '--file', join(common, 'config'), '--get', 'core.worktree'],
  });
  if (answer.kind === 'failed') return null;
  return resolve(common, textOf(answer.output.replace(/\n$/, '')));
}

const underWay = [
  ['MERGE_HEAD', 'a merge'],
  ['CHERRY_PICK_HEAD', 'a cherry-pick'],
  ['REVERT_HEAD', 'a revert'],
  ['rebase-merge', 'a rebase'],
  ['rebase-apply', 'a rebase'],
] as const;

/** What the user has begun in a worktree and not ended: `a merge`. */
export async function unfinishedIn(gitDir: string): Promise<string | null> {
  for (const [name, words] of underWay) {
    const found = await lstat(join(gitDir, name)).catch(() => null);
    if (found !== null) return words;
  }
  return null;
}

/** Whether a rebase in any worktree will set this branch when it ends: its HEAD is detached meanwhile. */
export async function isBeingRebased(common: string, ref: string): Promise<boolean> {
  for (const gitDir of await worktreeDirectories(common)) {
    for (const name of ['rebase-merge', 'rebase-apply']) {
      const path = join(gitDir, name, 'head-name');
      const head = await readSmallFile(path, { maxBytes: 4096 }).catch(() => null);
      if (head?.text.trim() === ref) return true;
    }
  }
  return false;
}
