// Moves the branch that a merge goes into, from where it was seen. The reflog says why. A git that was killed leaves its
// locks; they are removed only by whoever knows from the journal that it was ours.

import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { delay } from '../clock.ts';
import { git, type GitAnswer, type GitCall } from '../git/command.ts';
import { commonDirectory } from './common-directory.ts';

type RefMove = { ref: string; old: string; next: string };

export async function moveRef(
  call: GitCall,
  { ref, old, next }: RefMove,
  reason: string,
): Promise<GitAnswer> {
  return git(call, { arguments: ['update-ref', '-m', reason, ref, next, old] });
}

/** Another git holds a lock for an instant only. */
const longestHeldMs = 500;

/** `refs`: those that a git of ours was moving when it was killed. */
export async function removeLocks(call: GitCall, refs: readonly string[]): Promise<void> {
  const common = await commonDirectory(call);
  if ('problem' in common) return;
  const paths = [
    ...refs.map((ref) => join(common.path, `${ref}.lock`)),
    join(common.path, 'packed-refs.lock'),
    join(call.gitDir, 'HEAD.lock'),
  ];
  for (const path of paths) {
    const before = await inodeOf(path);
    if (before === null) continue;
    await delay(longestHeldMs);
    if ((await inodeOf(path)) === before) await rm(path, { force: true });
  }
}

async function inodeOf(path: string): Promise<string | null> {
  const stat = await lstat(path).catch(() => null);
  return stat === null ? null : `${stat.dev}:${stat.ino}`;
}
