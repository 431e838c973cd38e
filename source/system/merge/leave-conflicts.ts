// Merges the other branch into the task's own, with the conflicts in the files: a session of the task resolves them and
// cannot make the merge commit itself, since `.git` is read-only for it. It is a merge like any other, the branches
// swapped, so a kill is as harmless. Until the markers are gone, the branch is not brought home (unresolved.ts).

import { branchName, type ReadyMerge } from '../../core/merge/plan.ts';
import { carryOutMerge } from './carry-out.ts';
import type { MergeCall, MergeOrder } from './merge-call.ts';
import { mergedTree } from './merged-tree.ts';
import { worktreeState } from './uncommitted.ts';

type Sides = { old: string; tip: string };

/** The problem, or null. `old` is the other branch's commit, `tip` the task's. */
export async function leaveConflicts(
  call: MergeCall,
  order: MergeOrder,
  { old, tip }: Sides,
): Promise<string | null> {
  const { branch, from } = order.branch;
  const name = branchName(from ?? '');
  const merged = await mergedTree(call, { old: tip, tip: old, state: order.state });
  if (merged.kind === 'failed') return merged.problem;
  if (merged.kind === 'clean') return 'the conflicts are gone: try again';
  const state = await worktreeState(call, order);
  if (state.kind === 'odd') return state.why;
  if (state.kind === 'uncommitted') {
    return `${order.branch.path} has changes that are not committed`;
  }
  const checkout = state.kind === 'clean' ? state.repository : null;
  const plan: ReadyMerge = {
    kind: 'merge',
    from: branch,
    commits: 1,
    old: tip,
    tip: old,
    tree: merged.tree,
    root: checkout?.root ?? null,
    unresolved: merged.paths,
  };
  const swapped = { ...order.branch, branch: name, from: `refs/heads/${branch}` };
  const carried = await carryOutMerge(call, { ...order, branch: swapped }, { plan, checkout });
  if ('commit' in carried) return null;
  if ('problem' in carried) return carried.problem;
  const { obstacle } = carried;
  return obstacle.kind === 'refused'
    ? obstacle.why
    : `files in ${order.branch.path} are in the way`;
}
