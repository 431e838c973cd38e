// The commands that keep the list in order: tasks are put away, brought back, and deleted.

import type { TaskView } from '../../core/task/board.ts';
import { keyOf, type TaskKey } from '../../core/task/task-key.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { askToDelete } from '../../ui/dialog/ask-to-delete.ts';
import type { Confirm } from '../../ui/dialog/dialog.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import { notice, type CommandDeps, type Ordering } from './command-deps.ts';
import type { CommandRecord } from './command-record.ts';

export const orderCommands: readonly CommandRecord[] = [
  {
    id: 'archive',
    scope: 'tasks',
    keys: ['A'],
    label: 'archive',
    help: 'Put the task away; its files stay. f shows archived tasks, u brings one back.',
    isQuiet: true,
    whyNot: (context) => whyNoneOf(context, whyNotArchive),
    act: (deps, context) => {
      const tasks = chosen(context).filter((task) => whyNotArchive(task) === null);
      archive(deps, tasks.map(keyOf));
    },
  },
  {
    id: 'unarchive',
    scope: 'tasks',
    keys: ['u'],
    label: 'bring back',
    help: 'Bring an archived task back: the selected one, else the one that was archived last.',
    isQuiet: true,
    whyNot: ({ archived = [] }) => (archived.length === 0 ? 'No task is archived' : null),
    act: (deps, context) => {
      const own = chosen(context).filter(({ archivedAt }) => archivedAt !== null);
      const tasks = own.length > 0 ? own : (context.archived ?? []).slice(0, 1);
      for (const task of tasks) bringBack(deps, keyOf(task));
    },
  },
  {
    id: 'delete',
    scope: 'tasks',
    keys: ['X'],
    label: 'delete',
    help: "Delete the task, but not the project's files; says what goes, and asks.",
    isQuiet: true,
    whyNot: ({ task, marked = [] }) =>
      marked.length > 1
        ? 'Tasks are deleted one at a time: Esc unmarks them'
        : whyNotRest(marked[0] ?? task),
    act: (deps, { task, marked = [] }) => {
      const one = marked[0] ?? task;
      if (one !== null) look(deps, one);
    },
  },
];

/** The user has confirmed it. */
export function deleteConfirmed(deps: CommandDeps, { tasks }: Confirm): void {
  const [task] = tasks;
  if (task !== undefined) told(deps, (ordering) => ordering.delete(task));
}

function chosen({ task, marked = [] }: KeyContext): readonly TaskView[] {
  if (marked.length > 0) return marked;
  return task === null ? [] : [task];
}

/** One to which it applies is enough. */
function whyNoneOf(
  context: KeyContext,
  whyNot: (task: TaskView | null) => string | null,
): string | null {
  const tasks = chosen(context);
  const reasons = tasks.length === 0 ? [whyNot(null)] : tasks.map(whyNot);
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

function whyNotArchive(task: TaskView | null): string | null {
  return task !== null && task.archivedAt !== null
    ? `${task.label} is archived already; u brings it back`
    : whyNotRest(task);
}

function whyNotRest(task: TaskView | null): string | null {
  if (task === null) return 'There is no task yet';
  if (!task.valid) return 'This task is left alone: see its row';
  const isAtWork = task.run !== null || task.state.word === 'starting';
  return isAtWork ? `${task.label} is running: pause it first` : null;
}

function look(deps: CommandDeps, task: TaskView): void {
  const { store, ordering } = deps;
  if (ordering === undefined) return;
  ordering.deletion(keyOf(task)).then(
    (found) => {
      if ('sentence' in found) return notice(deps, found.sentence, 'problem');
      // Else the user is busy elsewhere by now.
      if (store.view().dialog !== null) return;
      const confirm = askToDelete(task, found.would);
      store.act({ type: 'dialog-opened', dialog: { kind: 'confirm', confirm } });
    },
    (error: unknown) => notice(deps, errorMessage(error), 'problem'),
  );
}

/** The notice names the key that undoes it. */
function archive(deps: CommandDeps, tasks: readonly TaskKey[]): void {
  told(deps, async (ordering) => {
    const answers = await Promise.all(tasks.map((task) => ordering.archive(task)));
    const refused = answers.find(({ ok }) => !ok);
    const [one] = answers;
    if (refused !== undefined || one === undefined) return refused ?? { ok: true, sentence: '' };
    return tasks.length === 1
      ? { ok: true, sentence: `${one.sentence}; u brings it back` }
      : { ok: true, sentence: `Archived ${tasks.length} tasks; u brings the last one back` };
  });
}

/** It is selected then: the next key is about it, and not about another one. */
function bringBack(deps: CommandDeps, task: TaskKey): void {
  told(deps, async (ordering) => {
    const answer = await ordering.unarchive(task);
    if (answer.ok) deps.store.act({ type: 'selected', task });
    return answer;
  });
}

function told(
  deps: CommandDeps,
  act: (ordering: Ordering) => Promise<{ ok: boolean; sentence: string }>,
): void {
  if (deps.ordering === undefined) return;
  act(deps.ordering).then(
    ({ ok, sentence }) => notice(deps, sentence, ok ? 'plain' : 'problem'),
    (error: unknown) => notice(deps, errorMessage(error), 'problem'),
  );
}
