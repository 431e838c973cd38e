// The commands that keep the list in order: tasks are put away, brought back, and deleted.

import type { TaskView } from '../../core/task/board.ts';
import { keyOf, placeOf, type TaskKey } from '../../core/task/task-key.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { askToDelete } from '../../ui/dialog/ask-to-delete.ts';
import type { Confirm } from '../../ui/dialog/dialog.ts';
import type { KeyContext } from '../../ui/keys/command.ts';
import { notice, type CommandDeps, type Ordering } from './command-deps.ts';
import type { CommandRecord } from './command-record.ts';
import { underWay } from './under-way.ts';

type Answer = Awaited<ReturnType<Ordering['archive']>>;

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
    isNext: ({ task }) => task !== null && task.archivedAt !== null,
    whyNot: ({ archived = [] }) => (archived.length === 0 ? 'No task is archived' : null),
    act: (deps, context) => {
      const own = chosen(context).filter(({ archivedAt }) => archivedAt !== null);
      const tasks = own.length > 0 ? own : (context.archived ?? []).slice(0, 1);
      bringBack(deps, tasks.map(keyOf));
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
  if (task === undefined) return;
  const doing = `deleting ${placeOf(task).name}`;
  told(deps, { tasks: [task], doing }, (ordering) => ordering.delete(task));
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
  const { store } = deps;
  const key = keyOf(task);
  const doing = `looking at what deleting ${task.label} would remove`;
  told(deps, { tasks: [key], doing }, async (ordering) => {
    const found = await ordering.deletion(key);
    if ('sentence' in found) return found;
    // Else the user is busy elsewhere by now.
    if (store.view().dialog !== null) return null;
    const confirm = askToDelete(task, found.would);
    store.act({ type: 'dialog-opened', dialog: { kind: 'confirm', confirm } });
    return null;
  });
}

/** The notice names the key that undoes it. */
function archive(deps: CommandDeps, tasks: readonly TaskKey[]): void {
  told(deps, { tasks, doing: `archiving ${named(tasks)}` }, async (ordering) => {
    const answer = answerOf(await Promise.all(tasks.map((task) => ordering.archive(task))));
    if (!answer.ok) return answer;
    return tasks.length === 1
      ? { ok: true, sentence: `${answer.sentence}; u brings it back` }
      : { ok: true, sentence: `Archived ${tasks.length} tasks; u brings the last one back` };
  });
}

/** It is selected then: the next key is about it, and not about another one. */
function bringBack(deps: CommandDeps, tasks: readonly TaskKey[]): void {
  told(deps, { tasks, doing: `bringing ${named(tasks)} back` }, async (ordering) => {
    const answers = await Promise.all(tasks.map((task) => ordering.unarchive(task)));
    const answer = answerOf(answers);
    const [first] = tasks;
    if (!answer.ok || first === undefined) return answer;
    deps.store.act({ type: 'brought-back', task: first });
    return tasks.length === 1
      ? answer
      : { ok: true, sentence: `Brought ${tasks.length} tasks back` };
  });
}

/** What was refused, else any. */
function answerOf(answers: readonly Answer[]): Answer {
  return answers.find(({ ok }) => !ok) ?? answers[0] ?? { ok: true, sentence: '' };
}

function named(tasks: readonly TaskKey[]): string {
  const [one] = tasks;
  return one !== undefined && tasks.length === 1 ? placeOf(one).name : `${tasks.length} tasks`;
}

/** `act` answers null if there is nothing to say. */
function told(
  deps: CommandDeps,
  work: { tasks: readonly TaskKey[]; doing: string },
  act: (ordering: Ordering) => Promise<Answer | null>,
): void {
  const { ordering } = deps;
  if (ordering === undefined) return;
  underWay(deps, work, () => act(ordering)).then(
    (answer) => {
      if (answer !== null) notice(deps, answer.sentence, answer.ok ? 'plain' : 'problem');
    },
    (error: unknown) => notice(deps, errorMessage(error), 'problem'),
  );
}
