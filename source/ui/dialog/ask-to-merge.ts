// The questions before a task's branch is merged, and before a session resolves what conflicts.

import { mergeQuestion, resolveQuestion } from '../../core/merge/merge-words.ts';
import type { NoMerge, ReadyMerge } from '../../core/merge/plan.ts';
import type { TaskView } from '../../core/task/board.ts';
import { keyOf } from '../../core/task/task-key.ts';
import type { Confirm } from './dialog.ts';

type Found<Plan> = { plan: Plan; branch: string };

export function askToMerge(task: TaskView, found: Found<ReadyMerge>): Confirm {
  return {
    title: 'Merge',
    question: mergeQuestion(found),
    detail: [
      'Then the worktree and the branch of the task are removed, if nothing else is in them.',
    ],
    yes: 'merge',
    command: 'merge',
    tasks: [keyOf(task)],
  };
}

export function askToResolve(
  task: TaskView,
  found: Found<Extract<NoMerge, { kind: 'conflict' | 'unresolved' }>>,
): Confirm {
  return {
    title: 'Conflict',
    question: resolveQuestion(found),
    detail: [
      'Shall a session of the task resolve it?',
      `The merge is left in ${found.branch}, with the conflicts marked in the files.`,
      `Nothing in ${found.plan.from} changes.`,
    ],
    yes: 'start a session',
    command: 'resolve',
    tasks: [keyOf(task)],
  };
}
