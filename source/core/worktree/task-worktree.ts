// The worktree of a task, as it is kept in its state directory (`worktree.json`), where the agent cannot write:
//
//   {"version":1,"directory":{…},"path":"/…/worktrees/shop-0f3a…/cart","branch":"autonomous/cart","from":"refs/heads/main",
//    "base":"<commit>"}
//
// It is written before the worktree is added, so that a later try knows what an earlier one began, and again, with
// `"made":true`, when it is there.

import { textField, objectField, type JsonObject } from '../json/json.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';

export type TaskWorktree = {
  /** The real path of the worktree's root. */
  path: string;
  /** Without `refs/heads/`: `autonomous/cart`. */
  branch: string;
  /** The ref that HEAD was on, where the branch goes home to; null if it was detached. */
  from: string | null;
  /** The commit that the branch began at. */
  base: string;
  /** It was there once: a branch that is missing now was removed, with what the task did. */
  made?: boolean;
};

export function worktreeJson(
  { path, branch, from, base, made = false }: TaskWorktree,
  directory: DirectoryIdentity,
): object {
  return { version: 1, directory, path, branch, from, base, ...(made ? { made } : {}) };
}

/** Null for a task that was deleted since, and for anything that is not such a record. */
export function readTaskWorktree(
  json: JsonObject | null,
  directory: DirectoryIdentity | null,
): TaskWorktree | null {
  if (json === null || directory === null || json['version'] !== 1) return null;
  const kept = readDirectoryIdentity(objectField(json, 'directory') ?? {});
  if (!isSameDirectory(kept, directory)) return null;
  const [path, branch] = [textField(json, 'path'), textField(json, 'branch')];
  const [from, base] = [textField(json, 'from'), textField(json, 'base')];
  if (path === null || branch === null || base === null) return null;
  const isWhole =
    isPlainPath(path) &&
    isPlainRef(branch) &&
    (from === null || (from.startsWith('refs/') && isPlainRef(from))) &&
    /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(base);
  if (!isWhole) return null;
  return { path, branch, from, base, ...(json['made'] === true ? { made: true } : {}) };
}

function isPlainPath(path: string): boolean {
  const steps = path.split('/').slice(1);
  return (
    path.startsWith('/') &&
    !path.includes('\0') &&
    steps.every((step) => !['', '.', '..'].includes(step))
  );
}

/** Nothing that git would read as an option, a range or the line of another command. */
function isPlainRef(ref: string): boolean {
  return /^[^-/\0-\x20\x7f~^:?*[\\][^\0-\x20\x7f~^:?*[\\]*$/.test(ref) && !ref.includes('..');
}
