// A task's branch, brought home: what a merge would do, and the merge. Both first end a merge that was cut short. The
// caller holds the task's lock, and those of all that work in the same files.

import { isReady, type MergePlan, type NoMerge, type ReadyMerge } from '../../core/merge/plan.ts';
import { carryOutMerge } from './carry-out.ts';
import { mergeCall, type MergeOrder } from './merge-call.ts';
import { planMerge } from './plan-merge.ts';
import { settleMerge } from './settle-merge.ts';

export type MergeOutcome =
  { kind: 'done'; plan: ReadyMerge; commit: string } | { kind: 'not done'; plan: NoMerge };

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
