// Starts a session that resolves the conflicts of a task's branch: the merge is left in the branch, and the task is told
// to resolve it.

import { notMergedSentence, resolutionText } from '../../../core/merge/merge-words.ts';
import { isReady } from '../../../core/merge/plan.ts';
import type { RunnerClient } from '../../../engine/tasks/runner-client.ts';
import { tellTask } from '../../../engine/tasks/tell-task.ts';
import type { Merging } from '../../../screen/commands/command-deps.ts';
import { leaveToResolve } from '../../../system/merge/merge-branch.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { mergeTask, planFor, withOrder, type Merged } from './merge-deps.ts';
import { tellDepsFor } from './tell-deps.ts';

type Left = { branch: string; from: string; paths: readonly string[] };

/** Called again after a kill, it goes on: what was left in the branch is found there. */
export async function resolveConflicts(
  paths: ProjectPaths,
  task: string,
  client: RunnerClient,
): Promise<Merged> {
  const left = await withOrder<Left>(paths, task, async (order) => {
    const { branch } = order.branch;
    const answer = await leaveToResolve(order);
    if (!('not' in answer)) return { ...answer, branch };
    const { not: plan } = answer;
    const sentence = isReady(plan)
      ? `${branch} has no conflicts: merge it`
      : notMergedSentence({ plan, branch });
    return { ok: false, sentence };
  });
  if ('ok' in left) return left;
  const deps = tellDepsFor(paths, task, client);
  const told = await tellTask(deps, { text: resolutionText(left), when: 'next' });
  if (!told.ok) return told;
  // Of a task that was paused: what it was told waits for its next session.
  if ((await deps.view()).run === null) {
    const started = await client.start({ task, sandbox: 'workspace-write' });
    if (!started.ok && started.why !== 'busy') return { ok: false, sentence: started.sentence };
  }
  return { ok: true, sentence: `A session of ${task} resolves the conflicts; then merge again` };
}

/** For the screen. */
export function mergingFor(paths: ProjectPaths, client: RunnerClient): Merging {
  return {
    plan: (task) => planFor(paths, task),
    merge: (task) => mergeTask(paths, task),
    resolve: (task) => resolveConflicts(paths, task, client),
  };
}
