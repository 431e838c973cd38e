// A task's branch, read synchronously and without git, for the rows of `--list`. How far it is ahead was counted by git
// (count-ahead.ts) and is kept in the state directory, beside what the refs were then:
//
//   ahead.json   {"version":1,"common":"/home/me/shop/.git","refs":"<stamps>","ahead":3}

import { lstatSync } from 'node:fs';
import { textField } from '../../core/json/json.ts';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import { taskBranch, type TaskBranch } from '../../core/worktree/task-branch.ts';
import { readTaskWorktree, type TaskWorktree } from '../../core/worktree/task-worktree.ts';
import { readSmallFileNow } from '../files/plain-file.ts';
import { stateJsonOf, stateLimit } from '../state/state-files.ts';
import { worktreeFileName } from '../state/files/worktree-file.ts';

export const aheadFileName = 'ahead.json';

export type BranchSnapshot = {
  branch: TaskBranch;
  worktree: TaskWorktree;
  /** The refs have moved since they were counted, or never were. */
  isStale: boolean;
};

/** `state`: the task's state directory. Null for a task that works in its project. */
export function branchSnapshot(
  state: string,
  directory: () => DirectoryIdentity | null,
): BranchSnapshot | null {
  const worktree = worktreeIn(state, directory);
  if (worktree === null) return null;
  const counted = jsonIn(`${state}/${aheadFileName}`);
  const common = counted === null ? null : textField(counted, 'common');
  const isStale = common === null || counted?.['refs'] !== refStamps(common, worktree);
  const ahead = isStale ? null : countIn(counted?.['ahead']);
  return { branch: taskBranch(worktree, ahead), worktree, isStale };
}

/** Null where git could not count. */
function countIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** Changes when the task's branch, or the one that it began on, does; empty for a task that works in its project. */
export function branchFingerprint(
  state: string,
  directory: () => DirectoryIdentity | null,
): string {
  const worktree = worktreeIn(state, directory);
  if (worktree === null) return '';
  const counted = jsonIn(`${state}/${aheadFileName}`);
  const common = counted === null ? null : textField(counted, 'common');
  return [worktree.branch, common === null ? '' : refStamps(common, worktree)].join(' ');
}

/** `common`: the git directory that all worktrees share. */
export function refStamps(common: string, { branch, from }: TaskWorktree): string {
  return [`refs/heads/${branch}`, ...(from === null ? [] : [from])]
    .map((ref) => looseRef(common, ref) ?? packedRefs(common))
    .join(' ');
}

function looseRef(common: string, ref: string): string | null {
  try {
    return readSmallFileNow(`${common}/${ref}`, { maxBytes: 256 })?.text.trim() ?? null;
  } catch {
    return null;
  }
}

/** Not read: it can have a hundred thousand lines. */
function packedRefs(common: string): string {
  return ['packed-refs', 'reftable/tables.list']
    .map((name) => {
      const stat = lstatSync(`${common}/${name}`, { throwIfNoEntry: false });
      return stat === undefined ? '-' : [stat.ino, stat.size, stat.mtimeMs].join(':');
    })
    .join('/');
}

function worktreeIn(state: string, directory: () => DirectoryIdentity | null): TaskWorktree | null {
  const json = jsonIn(`${state}/${worktreeFileName}`);
  return json === null ? null : readTaskWorktree(json, directory());
}

function jsonIn(path: string) {
  try {
    return stateJsonOf(readSmallFileNow(path, stateLimit));
  } catch {
    return null;
  }
}
