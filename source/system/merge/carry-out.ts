// Carries out a planned merge. The order is what makes a kill harmless: the merge commit, which nothing names yet; the
// journal; the lock of the user's index; the files; the branch; the index; then lock and journal go. Until the branch
// has moved, the way back is the old files; after that, only the index is missing.

import { join } from 'node:path';
import { conflictsTrailer, type NoMerge, type ReadyMerge } from '../../core/merge/plan.ts';
import { git, type GitCall } from '../git/command.ts';
import { discardIndex } from '../git/own-index.ts';
import type { Repository } from '../git/repository.ts';
import { installIndex, lockIndex, unlockIndex } from './index-lock.ts';
import { inWorktree, withIdentity, type MergeCall, type MergeOrder } from './merge-call.ts';
import { removeJournal, writeJournal, type MergeJournal } from './merge-journal.ts';
import { moveFiles } from './move-files.ts';
import { moveRef } from './move-ref.ts';
import { obstacleIn } from './obstacles.ts';
import { settleUnderLock } from './settle-merge.ts';

type Planned = { plan: ReadyMerge; checkout: Repository | null };

/** `obstacle`: what came in the way since the plan. */
type Carried = { commit: string } | { obstacle: NoMerge } | { problem: string };

export async function carryOutMerge(
  anonymous: MergeCall,
  order: MergeOrder,
  { plan, checkout }: Planned,
): Promise<Carried> {
  const from = order.branch.from ?? '';
  const call = await withIdentity(anonymous);
  const next = plan.kind === 'merge' ? await committed(call, order, plan) : { id: plan.tip };
  if ('problem' in next) return next;
  const place = checkout === null ? null : { root: checkout.root, gitDir: checkout.gitDir };
  const { marker, state } = order;
  const journal = { marker, ref: from, old: plan.old, next: next.id, checkout: place };
  await writeJournal(state, journal);
  const carried =
    checkout === null
      ? await moveBranch(call, order, journal)
      : await moveAll(inWorktree(call, checkout), order, { journal, plan });
  if (!('isUnsettled' in carried)) await removeJournal(state);
  return carried;
}

async function committed(
  call: GitCall,
  { task, branch }: MergeOrder,
  { old, tip, tree, from, unresolved = [] }: ReadyMerge,
): Promise<{ id: string } | { problem: string }> {
  const conflicts = unresolved.length === 0 ? '' : `${conflictsTrailer}: ${unresolved.length}\n`;
  const commit = await git(call, {
    arguments: ['commit-tree', '--no-gpg-sign', '-p', old, '-p', tip, tree],
    input: `Merge ${branch.branch} into ${from}\n\nAutonomous-Task: ${task}\n${conflicts}`,
  });
  return commit.kind === 'ok' ? { id: commit.output.trim() } : { problem: commit.problem };
}

async function moveBranch(
  call: GitCall,
  { branch }: MergeOrder,
  journal: MergeJournal,
): Promise<Carried> {
  const moved = await moveRef(call, journal, `merge ${branch.branch}`);
  return moved.kind === 'ok' ? { commit: journal.next } : { problem: moved.problem };
}

type Moving = { journal: MergeJournal; plan: ReadyMerge };

/** `isUnsettled`: the journal stays for the next try. */
async function moveAll(
  call: MergeCall,
  order: MergeOrder,
  { journal, plan }: Moving,
): Promise<Carried | { problem: string; isUnsettled: true }> {
  const lock = { gitDir: call.gitDir, marker: journal.marker };
  const own = { ...call, index: join(order.state, 'index.merge') };
  if (!(await lockIndex(lock))) {
    return { problem: `another git works in ${call.workTree} (${call.gitDir}/index.lock)` };
  }
  // What the user did since the plan; nothing changes the index from here on.
  const obstacle = await obstacleIn(call, order, plan);
  if (obstacle !== null) {
    await unlockIndex(lock);
    return { obstacle };
  }
  const files = await moveFiles(own, journal);
  const moved = files.kind === 'ok' ? await moveBranch(call, order, journal) : files;
  if ('kind' in moved || 'problem' in moved) {
    const problem = 'problem' in moved ? moved.problem : '';
    const back = await settleUnderLock(own, journal, lock);
    if (back !== null) return { problem: `${problem}; ${back}`, isUnsettled: true };
    await unlockIndex(lock);
    return { problem };
  }
  await installIndex(lock, own.index);
  await unlockIndex(lock);
  await discardIndex(own);
  return moved;
}
