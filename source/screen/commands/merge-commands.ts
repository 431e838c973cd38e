// The command that brings a task's branch home. It looks first, and asks: to merge, or to start a session that resolves
// what conflicts.

import { isReady, type MergePlan } from '../../core/merge/plan.ts';
import { notMergedSentence } from '../../core/merge/merge-words.ts';
import { isReadyToMerge } from '../../core/worktree/task-branch.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import type { TaskView } from '../../core/task/board.ts';
import { keyOf, placeOf, type TaskKey } from '../../core/task/task-key.ts';
import { askToMerge, askToResolve } from '../../ui/dialog/ask-to-merge.ts';
import type { Confirm } from '../../ui/dialog/dialog.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import { notice, type CommandDeps, type Merging } from './command-deps.ts';
import type { CommandRecord } from './command-record.ts';
import { underWay } from './under-way.ts';

export const mergeCommands: readonly CommandRecord[] = [
  {
    id: 'merge',
    scope: 'panes',
    keys: ['M'],
    label: 'merge',
    help: 'Merge the branch of the task into the branch it started from; asks first.',
    isQuiet: true,
    isNext: ({ task }) => task !== null && isReadyToMerge(task),
    whyNot: whyNotMerge,
    act: (deps, { task }) => {
      if (task !== null && deps.merging !== undefined) look(deps, deps.merging, task);
    },
  },
];

function whyNotMerge({ task }: KeyContext): string | null {
  if (task === null) return 'There is no task yet';
  if (!task.valid) return 'This task cannot be merged: see its row';
  return task.run === null ? null : `${task.label} is running: pause it first`;
}

function look(deps: CommandDeps, merging: Merging, task: TaskView): void {
  const doing = `looking at what merging ${task.label} would do`;
  underWay(deps, { tasks: [keyOf(task)], doing }, () => merging.plan(keyOf(task))).then(
    (found) => {
      if (found === null) return;
      if ('sentence' in found) return notice(deps, found.sentence, 'plain');
      ask(deps, task, found);
    },
    (error: unknown) => notMerged(deps, error),
  );
}

function ask(
  deps: CommandDeps,
  task: TaskView,
  { plan, branch }: { plan: MergePlan; branch: string },
): void {
  const { store } = deps;
  const open = (confirm: Confirm): void => {
    // Else the user is busy elsewhere by now.
    if (store.view().dialog !== null) return;
    store.act({ type: 'dialog-opened', dialog: { kind: 'confirm', confirm } });
  };
  if (isReady(plan)) return open(askToMerge(task, { plan, branch }));
  switch (plan.kind) {
    case 'conflict':
    case 'unresolved':
      return open(askToResolve(task, { plan, branch }));
    case 'merged':
    case 'gone':
      // What is merged already still has its worktree.
      return merge(deps, keyOf(task));
    case 'in the way':
    case 'refused':
      return notice(deps, notMergedSentence({ plan, branch }), 'problem');
    default:
      plan satisfies never;
  }
}

/** The user has confirmed it. */
export function mergeConfirmed(deps: CommandDeps, { tasks, command }: Confirm): void {
  const [task] = tasks;
  if (task === undefined) return;
  if (command === 'merge') return merge(deps, task);
  const doing = `starting a session that resolves the conflicts of ${placeOf(task).name}`;
  told(deps, { task, doing }, (merging) => merging.resolve(task));
}

function merge(deps: CommandDeps, task: TaskKey): void {
  const doing = `merging ${placeOf(task).name}`;
  told(deps, { task, doing }, (merging) => merging.merge(task));
}

function told(
  deps: CommandDeps,
  { task, doing }: { task: TaskKey; doing: string },
  act: (merging: Merging) => ReturnType<Merging['merge']>,
): void {
  const { merging } = deps;
  if (merging === undefined) return;
  underWay(deps, { tasks: [task], doing }, () => act(merging)).then(
    (answer) => {
      if (answer !== null) notice(deps, answer.sentence, answer.ok ? 'plain' : 'problem');
    },
    (error: unknown) => notMerged(deps, error),
  );
}

function notMerged(deps: CommandDeps, error: unknown): void {
  notice(deps, `The branch was not merged: ${errorMessage(error)}`, 'problem');
}
