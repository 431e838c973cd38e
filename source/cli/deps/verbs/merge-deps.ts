// Merging a task's branch, with the production deps: the tasks that work in the same files are held meanwhile.

import { randomUUID } from 'node:crypto';
import { readChecklist } from '../../../core/checklist/checklist.ts';
import {
  isResolution,
  mergedSentence,
  notMergedSentence,
  removalSentence,
} from '../../../core/merge/merge-words.ts';
import { isReady, type MergePlan } from '../../../core/merge/plan.ts';
import { isTaskName } from '../../../core/task/task.ts';
import type { TaskWorktree } from '../../../core/worktree/task-worktree.ts';
import { gitIn } from '../../../system/git/project-tree.ts';
import { mergeBranch, plannedMerge, removeMergedTask } from '../../../system/merge/merge-branch.ts';
import type { MergeOrder } from '../../../system/merge/merge-call.ts';
import { stateDirectoryAt } from '../../../system/state/state-directory.ts';
import { locateState } from '../../../system/state/state-location.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';
import { directoryIdentity } from '../../../system/state/task-snapshot.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { holdProject } from '../held-project.ts';

/** `canResolve`: a session can be started that resolves the conflicts. */
export type Merged = { ok: boolean; sentence: string; canResolve?: true };

export async function mergeTask(paths: ProjectPaths, task: string): Promise<Merged> {
  return withOrder(paths, task, async (order) => {
    const open = await openResolution(paths, task);
    if (open !== null) return no(open);
    const { plan } = await mergeBranch(order);
    const { branch } = order;
    if (!isReady(plan)) {
      const sentence = notMergedSentence({ plan, branch: branch.branch });
      if (canBeResolved(plan)) return { ok: false, sentence, canResolve: true };
      if (plan.kind !== 'merged' && plan.kind !== 'gone') return no(sentence);
      return { ok: true, sentence: await endedBy(sentence) };
    }
    return { ok: true, sentence: await endedBy(mergedSentence({ plan, branch: branch.branch })) };

    async function endedBy(sentence: string): Promise<string> {
      const removal = await removeMergedTask(order, paths.project);
      const isRemoved = removal.kind === 'removed';
      if (isRemoved) await stateOf(paths, task).forgetWorktree();
      return plan.kind === 'gone' ? sentence : `${sentence}. ${removalSentence(branch, removal)}`;
    }
  });
}

/** What a merge would do; nothing of the user's is touched. */
export async function planFor(
  paths: ProjectPaths,
  task: string,
): Promise<Merged | { plan: MergePlan; branch: string }> {
  return withOrder(paths, task, async (order) => {
    const open = await openResolution(paths, task);
    if (open !== null) return no(open);
    return { plan: await plannedMerge(order), branch: order.branch.branch };
  });
}

function canBeResolved({ kind }: MergePlan): boolean {
  return kind === 'conflict' || kind === 'unresolved';
}

/** Holds the task, and all that work in the files that a merge changes; others with a worktree of their own go on. */
export async function withOrder<Answer>(
  paths: ProjectPaths,
  task: string,
  work: (order: MergeOrder) => Promise<Answer | Merged>,
): Promise<Answer | Merged> {
  const { project, home } = paths;
  const worktreeOf = (name: string): Promise<TaskWorktree | null> =>
    stateOf(paths, name).readWorktree(directoryIdentity(project, name));
  const branch = await worktreeOf(task);
  if (branch === null) return no(`${task} has no branch of its own: it works in the project`);
  const git = await gitIn(project, process.env);
  if ('problem' in git) {
    return no(`${task} was not merged: ${git.problem ?? 'the project is not in a git repository'}`);
  }
  const held = await holdProject(
    paths,
    async (name) => name === task || (isTaskName(name) && (await worktreeOf(name)) === null),
  );
  if ('runs' in held) {
    const where = held.runs === task ? '' : ' in the files that the merge changes';
    return no(held.takenOver ?? `${held.runs} is running${where}: pause it first`);
  }
  try {
    const state = locateState(home, project, task);
    return await work({ ...git, task, state, branch, marker: randomUUID() });
  } finally {
    held.release();
  }
}

/** A conflict without markers, as of a deleted file, shows in no file: what the task was told to resolve it counts. */
async function openResolution(paths: ProjectPaths, task: string): Promise<string | null> {
  const { project } = paths;
  const waiting = await stateOf(paths, task).waitingGuidance(directoryIdentity(project, task));
  const list = await taskDirectory(project, task).readList();
  const steps = list.kind === 'text' ? readChecklist(list.text).steps : [];
  const isOpen =
    waiting.some(({ text }) => isResolution(text)) ||
    steps.some(({ text, done }) => !done && isResolution(text));
  return isOpen
    ? `${task} was not merged: it was told to resolve conflicts, and has not done so yet. Continue it first`
    : null;
}

function stateOf({ project, home }: ProjectPaths, task: string) {
  return stateDirectoryAt(locateState(home, project, task));
}

function no(sentence: string): Merged {
  return { ok: false, sentence };
}
