// Removes a merged task's worktree and branch. Nothing goes that the merged commit does not have: the directory is moved
// aside first, so that nothing is written to it by its name, and looked at there. The order is what makes a kill
// harmless: aside, out of git's list, deleted, then the branch from the commit that was seen, and the caller forgets the
// record last. Doing it twice is doing it once.

import { lstat, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git } from '../git/command.ts';
import { discardIndex } from '../git/own-index.ts';
import { takeTree } from '../git/take-tree.ts';
import { moveRefs, resolved } from '../checkpoint/refs.ts';
import { pathKey } from '../state/state-files.ts';
import { workplaceOf } from '../worktree/where.ts';
import { listWorktrees, type ListedWorktree } from './common-directory.ts';
import { changesBetween } from './local-changes.ts';
import type { MergeCall, MergeOrder } from './merge-call.ts';
import { removeLocks } from './move-ref.ts';
import { worktreeState } from './uncommitted.ts';

/** `kept`: one sentence without an end. */
export type Removal = { kind: 'removed' } | { kind: 'kept'; why: string };

/** `project`: its real path. The caller holds the task's lock, and no merge is unsettled. */
export async function removeMerged(
  call: MergeCall,
  order: MergeOrder,
  project: string,
): Promise<Removal> {
  const { path, branch } = order.branch;
  const ref = `refs/heads/${branch}`;
  const found = await looked(call, order, project);
  if ('why' in found) return kept(found.why);
  const { tip, own } = found;
  const aside = asideOf(path);
  if (await isThere(path)) {
    if (await isThere(aside)) return kept(`${aside} is in the way: remove it`);
    await rename(path, aside);
  }
  if (await isThere(aside)) {
    const more =
      tip === null ? `${branch} is gone` : await whatElseIsIn(call, order, { aside, tip });
    if (more !== null) {
      if (!(await isThere(path))) await rename(aside, path);
      return kept(more);
    }
  }
  if (own !== undefined) {
    const gone = await git(call, { arguments: ['worktree', 'remove', '--force', path] });
    if (gone.kind === 'failed') return kept(gone.problem);
  }
  await rm(aside, { recursive: true, force: true });
  return tip === null ? { kind: 'removed' } : removeBranch(call, ref, tip);
}

/** What shows before the directory is moved aside. */
export async function whyKeptNow(
  call: MergeCall,
  order: MergeOrder,
  project: string,
): Promise<string | null> {
  const found = await looked(call, order, project);
  return 'why' in found ? found.why : null;
}

async function looked(
  call: MergeCall,
  order: MergeOrder,
  project: string,
): Promise<{ why: string } | { tip: string | null; own: ListedWorktree | undefined }> {
  const { path, branch, from } = order.branch;
  const tip = await resolved(call, `refs/heads/${branch}^{commit}`);
  if (tip !== null && !(await isMerged(call, tip, from))) return { why: `${branch} is not merged` };
  const listed = await listWorktrees(call);
  if ('problem' in listed) return { why: listed.problem };
  const own = listed.worktrees.find((one) => one.path === path);
  const why = await whyKept(call, { order, project, own });
  return why === null ? { tip, own } : { why };
}

/** Where the directory waits to be deleted: no task has such a name. */
export function asideOf(path: string): string {
  return join(dirname(path), `.removing-${pathKey(path)}`);
}

async function isMerged(call: MergeCall, tip: string, from: string | null): Promise<boolean> {
  if (from === null) return false;
  const answer = await git(call, {
    arguments: ['merge-base', '--is-ancestor', tip, from],
    alsoOk: 1,
  });
  return answer.kind === 'ok' && answer.exitCode === 0;
}

type Looked = { order: MergeOrder; project: string; own: ListedWorktree | undefined };

async function whyKept(call: MergeCall, { order, project, own }: Looked): Promise<string | null> {
  const { path } = order.branch;
  if (own?.isLocked === true) return `${path} is locked`;
  const state = await worktreeState(call, order);
  if (state.kind === 'gone') return null;
  if (state.kind === 'odd') return state.why;
  if (state.kind === 'uncommitted') return `${path} has changes that are not committed`;
  // Somebody started tasks in it: git ignores them.
  for (const place of new Set([path, await workplaceOf(order.branch, project)])) {
    if (await isThere(join(place, '.autonomous'))) return `${place} has tasks of its own`;
  }
  return null;
}

/** What the commit does not have; a file that is missing may be one that a killed try deleted. */
async function whatElseIsIn(
  call: MergeCall,
  { program, repository, environment, state }: MergeOrder,
  { aside, tip }: { aside: string; tip: string },
): Promise<string | null> {
  const index = join(state, 'index.removing');
  try {
    const there = { ...repository, root: aside };
    const tree = await takeTree({ program, repository: there, environment, index });
    if ('problem' in tree) return tree.problem;
    const changed = await changesBetween(call, tip, tree.id);
    if ('problem' in changed) return changed.problem;
    const isMore = tree.leftOut.length > 0 || changed.changes.some(({ to }) => to !== null);
    return isMore ? 'files of the worktree are not in the commit that was merged' : null;
  } finally {
    await discardIndex({ index });
  }
}

async function removeBranch(call: MergeCall, ref: string, tip: string): Promise<Removal> {
  const listed = await listWorktrees(call);
  if ('problem' in listed) return kept(listed.problem);
  const other = listed.worktrees.find((one) => one.ref === ref);
  if (other !== undefined) return kept(`the branch is checked out in ${other.path}`);
  await removeLocks(call, [ref]);
  const gone = await moveRefs(call, [{ ref, to: null, from: tip }]);
  return gone.kind === 'ok' ? { kind: 'removed' } : kept(gone.problem);
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function kept(why: string): Removal {
  return { kind: 'kept', why };
}
