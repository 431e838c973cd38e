// Merging a task's branch, with the production deps: the tasks that work in the same files are held meanwhile.

import { randomUUID } from 'node:crypto';
import { mergedSentence, notMergedSentence } from '../../core/merge/merge-words.ts';
import { isTaskName } from '../../core/task/task.ts';
import type { TaskWorktree } from '../../core/worktree/task-worktree.ts';
import { gitIn } from '../../system/git/project-tree.ts';
import { mergeBranch } from '../../system/merge/merge-branch.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { locateState } from '../../system/state/state-location.ts';
import { directoryIdentity } from '../../system/state/task-snapshot.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { holdProject } from './held-project.ts';

export type Merged = { ok: boolean; sentence: string };

export async function mergeTask(paths: ProjectPaths, task: string): Promise<Merged> {
  const { project, home } = paths;
  const stateOf = (name: string): string => locateState(home, project, name);
  const worktreeOf = (name: string): Promise<TaskWorktree | null> =>
    stateDirectoryAt(stateOf(name)).readWorktree(directoryIdentity(project, name));
  const branch = await worktreeOf(task);
  if (branch === null) return no(`${task} has no branch of its own: it works in the project`);
  const git = await gitIn(project, process.env);
  if ('problem' in git) {
    return no(`${task} was not merged: ${git.problem ?? 'the project is not in a git repository'}`);
  }
  // Others that have a worktree of their own go on.
  const held = await holdProject(
    paths,
    async (name) => name === task || (isTaskName(name) && (await worktreeOf(name)) === null),
  );
  if ('runs' in held) {
    return no(
      held.runs === task
        ? `${task} is running: pause it first`
        : `${held.runs} is running in the files that the merge changes: pause it first`,
    );
  }
  try {
    const order = { ...git, task, state: stateOf(task), branch, marker: randomUUID() };
    const outcome = await mergeBranch(order);
    const { branch: name } = branch;
    if (outcome.kind === 'done') {
      return { ok: true, sentence: mergedSentence({ plan: outcome.plan, branch: name }) };
    }
    const { plan } = outcome;
    return { ok: plan.kind === 'merged', sentence: notMergedSentence({ plan, branch: name }) };
  } finally {
    held.release();
  }
}

function no(sentence: string): Merged {
  return { ok: false, sentence };
}
