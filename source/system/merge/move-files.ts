// The files of a checked-out branch: from one commit to another, and back. The caller holds the index's lock; git works
// on a copy of the user's index, which is installed when everything else is done.

import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileChange } from '../../core/checkpoint/undo-plan.ts';
import { removeFile } from '../checkpoint/restore-files.ts';
import { git, type GitAnswer, type GitCall } from '../git/command.ts';
import { discardIndex, pathsIn } from '../git/own-index.ts';
import { changesBetween } from './local-changes.ts';
import { copyIndex } from '../git/copy-index.ts';

/** `call`: of the worktree, with a private index. */
type PrivateCall = GitCall & { index: string };
type Sides = { old: string; next: string };
type Problem = { problem: string };

export async function moveFiles(call: PrivateCall, { old, next }: Sides): Promise<GitAnswer> {
  await copyUsersIndex(call);
  await refresh(call);
  return git(call, { arguments: ['read-tree', '-m', '-u', old, next] });
}

/** The files are moved already: the index follows, with what the user has staged beside. */
export async function moveIndex(call: PrivateCall, { old, next }: Sides): Promise<GitAnswer> {
  await copyUsersIndex(call);
  // With -i, since the files are not those that the index knows: that is what it is to learn.
  const read = await git(call, { arguments: ['read-tree', '-m', '-i', old, next] });
  if (read.kind === 'ok') await refresh(call);
  return read;
}

/** Whether the user's index still has the old commit's files, as far as the merge changes them. */
export async function isAtOld(
  call: PrivateCall,
  { old, next }: Sides,
): Promise<{ isAtOld: boolean } | Problem> {
  const differences = await changesBetween(call, old, next);
  if ('problem' in differences) return differences;
  await copyUsersIndex(call);
  const staged = await names(call, ['diff-index', '--cached', '-z', '--name-only', old, '--']);
  if ('problem' in staged) return staged;
  return { isAtOld: !differences.changes.some(({ path }) => staged.paths.has(path)) };
}

/**
 * Back to the old commit's files, after a move that was cut short. What is neither the old file nor the new one, nor the
 * beginning of it, is the user's, and stays.
 */
export async function takeBackFiles(call: PrivateCall, sides: Sides): Promise<Problem | null> {
  const differences = await changesBetween(call, sides.old, sides.next);
  if ('problem' in differences) return differences;
  const { changes } = differences;
  const moved = await differingFrom(call, sides.next);
  if ('problem' in moved) return moved;
  await copyUsersIndex(call);
  await refresh(call);
  const changed = await names(call, [
    'diff-files',
    '-z',
    '--name-only',
    '--ignore-submodules=all',
    '--',
  ]);
  if ('problem' in changed) return changed;
  const restored: string[] = [];
  for (const change of changes) {
    const { path, from, to } = change;
    if (from !== null && !changed.paths.has(path)) continue;
    const isMoved = to !== null && !moved.paths.has(path);
    if (!isMoved && !(await isBegun(call, change))) continue;
    if (from !== null) restored.push(path);
    else await removeFile(call.workTree, path);
  }
  if (restored.length === 0) return null;
  const answer = await git(call, {
    arguments: ['checkout-index', '--force', '-z', '--stdin'],
    input: restored.map((path) => `${path}\0`).join(''),
  });
  return answer.kind === 'ok' ? null : { problem: answer.problem };
}

async function copyUsersIndex({ gitDir, index }: PrivateCall): Promise<void> {
  await discardIndex({ index });
  await copyIndex(join(gitDir, 'index'), index);
}

async function refresh(call: PrivateCall): Promise<GitAnswer> {
  return git(call, {
    arguments: ['update-index', '-q', '--unmerged', '--ignore-submodules', '--refresh'],
    alsoOk: 1,
  });
}

/** Paths of a commit whose files are missing or not as the commit has them. */
async function differingFrom(
  call: PrivateCall,
  commit: string,
): Promise<{ paths: ReadonlySet<string> } | Problem> {
  await discardIndex(call);
  const read = await git(call, { arguments: ['read-tree', commit] });
  if (read.kind === 'failed') return { problem: read.problem };
  await refresh(call);
  return names(call, ['diff-files', '-z', '--name-only', '--ignore-submodules=all', '--']);
}

/** Whether the file is missing, or the beginning of what git was writing when it was killed. */
async function isBegun(call: GitCall, { path, to }: FileChange): Promise<boolean> {
  const at = Buffer.concat([Buffer.from(`${call.workTree}/`), Buffer.from(path, 'latin1')]);
  const stat = await lstat(at).catch(() => null);
  if (stat === null) return true;
  if (to === null || !stat.isFile() || !to.mode.startsWith('100')) return false;
  // With line ends and LFS as git writes them.
  const as = `--path=${Buffer.from(path, 'latin1').toString()}`;
  const whole = await git(call, { arguments: ['cat-file', '--filters', as, to.id] });
  if (whole.kind === 'failed') return false;
  return whole.output.startsWith(await readFile(at, 'latin1'));
}

async function names(
  call: GitCall,
  words: readonly string[],
): Promise<{ paths: ReadonlySet<string> } | Problem> {
  const answer = await git(call, { arguments: words });
  if (answer.kind === 'failed') return { problem: answer.problem };
  return { paths: new Set(pathsIn(answer.output)) };
}
