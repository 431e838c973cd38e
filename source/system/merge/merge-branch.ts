// A task's branch, brought home: what a merge would do, and the merge. Both first end a merge that was cut short. The
// caller holds the task's lock, and those of all that work in the same files.

import { isReady, type MergePlan, type NoMerge, type ReadyMerge } from '../../core/merge/plan.ts';
import { carryOutMerge } from './carry-out.ts';
import { leaveConflicts } from './leave-conflicts.ts';
import { mergeCall, type MergeOrder } from './merge-call.ts';
import { planMerge } from './plan-merge.ts';
import { removeMerged, whyKeptNow, type Removal } from './remove-worktree.ts';
import { settleMerge } from './settle-merge.ts';

export type MergeOutcome =
  { kind: 'done'; plan: ReadyMerge; commit: string } | { kind: 'not done'; plan: NoMerge };

/** Leaves the conflicts in the task's branch, for a session to resolve. `not`: why there are none to leave. */
export async function leaveToResolve(
  order: MergeOrder,
): Promise<{ from: string; paths: readonly string[] } | { not: MergePlan }> {
  const call = await mergeCall(order);
  if ('problem' in call) return { not: refused(call.problem).plan };
  const unsettled = await settleMerge(call, order);
  if (unsettled !== null) return { not: refused(unsettled).plan };
  const { plan } = await planMerge(call, order);
  if (plan.kind === 'unresolved') return plan;
  if (plan.kind !== 'conflict') return { not: plan };
  const problem = await leaveConflicts(call, order, plan);
  return problem === null ? plan : { not: refused(problem).plan };
}

/** After a merge, now or earlier. */
export async function removeMergedTask(order: MergeOrder, project: string): Promise<Removal> {
  const call = await mergeCall(order);
  if ('problem' in call) return { kind: 'kept', why: call.problem };
  const unsettled = await settleMerge(call, order);
  return unsettled === null ? removeMerged(call, order, project) : { kind: 'kept', why: unsettled };
}

/** Why removeMergedTask would keep the worktree and the branch, as far as that shows before; null if they would go. */
export async function whyNotRemoved(order: MergeOrder, project: string): Promise<string | null> {
  const call = await mergeCall(order);
  return 'problem' in call ? call.problem : whyKeptNow(call, order, project);
}

export async function plannedMerge(order: MergeOrder): Promise<MergePlan> {
  const call = await mergeCall(order);
  if ('problem' in call) return { kind: 'refused', why: call.problem };
  const unsettled = await settleMerge(call, order);
  if (unsettled !== null) return { kind: 'refused', why: unsettled };
  return (await planMerge(call, order)).plan;
}

export async function mergeBranch(order: MergeOrder): Promise<MergeOutcome> {
  const call = await mergeCall(order);
  if ('problem' in call) return refused(call.problem);
  const unsettled = await settleMerge(call, order);
  if (unsettled !== null) return refused(unsettled);
  const { plan, checkout } = await planMerge(call, order);
  if (!isReady(plan)) return { kind: 'not done', plan };
  const carried = await carryOutMerge(call, order, { plan, checkout });
  if ('commit' in carried) return { kind: 'done', plan, commit: carried.commit };
  if ('problem' in carried) return refused(carried.problem);
  return { kind: 'not done', plan: carried.obstacle };
}

function refused(why: string): MergeOutcome {
  return { kind: 'not done', plan: { kind: 'refused', why } };
}
