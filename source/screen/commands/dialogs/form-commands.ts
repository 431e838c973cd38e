// The commands of the form for a new task. Typing into it is not a command: see text-field.ts.

import type { WorktreeSetting } from '../../../system/configuration.ts';
import { hasRunner } from '../../../ui/look/state-words.ts';
import {
  formName,
  formProblem,
  tasksBeside,
  type TaskForm,
  type WorktreeChoice,
} from '../../../ui/dialog/task-form.ts';
import { givenIn } from '../../../ui/dialog/more-rows.ts';
import type { TaskView } from '../../../core/task/board.ts';
import { keyOf } from '../../../core/task/task-key.ts';
import { notice, type CommandDeps } from '../command-deps.ts';
import { formEditor } from './form-editor.ts';
import { always, changesView, closesDialog, type CommandRecord } from '../command-record.ts';

export const formCommands: readonly CommandRecord[] = [
  {
    id: 'form-start',
    scope: 'new task',
    keys: ['return'],
    label: 'start',
    help: 'Start the task.',
    whyNot: always,
    act: startForm,
  },
  {
    id: 'close',
    scope: 'new task',
    keys: ['escape'],
    label: 'cancel',
    help: 'Close the form; its text is kept for the next time.',
    whyNot: always,
    act: closesDialog,
  },
  formEditor({
    id: 'form-editor',
    scope: 'new task',
    help: 'Write the description in $VISUAL or $EDITOR.',
  }),
  {
    id: 'form-next',
    scope: 'new task',
    keys: ['tab'],
    label: 'next field',
    help: 'Next field.',
    whyNot: always,
    act: changesView({ type: 'form-changed', change: { type: 'next-field' } }),
  },
  {
    id: 'form-previous',
    scope: 'new task',
    keys: ['shift-tab'],
    label: 'previous field',
    help: 'Previous field.',
    isQuiet: true,
    whyNot: always,
    act: changesView({ type: 'form-changed', change: { type: 'previous-field' } }),
  },
  {
    id: 'form-new-line',
    scope: 'new task',
    keys: ['ctrl-j', 'alt-return'],
    label: 'new line',
    help: 'Insert a line break into the description.',
    whyNot: ({ dialog }) =>
      dialog?.kind === 'new task' && dialog.form.field !== 'description'
        ? 'Only the description can have several lines'
        : null,
    act: changesView({ type: 'written', edit: { type: 'insert', text: '\n' } }),
  },
];

/**
 * Starts the task that the form describes, and closes the form at once: a second Enter must not start it again. Shows
 * in the form why it cannot.
 */
function startForm(deps: CommandDeps): void {
  const { store } = deps;
  const { dialog } = store.view();
  if (dialog?.kind !== 'new task') return;
  const { form } = dialog;
  const tasks = tasksBeside(form, store.scene().board.tasks);
  const takenNames = tasks.map(({ name }) => name);
  const problem = formProblem(form, { takenNames });
  if (problem !== null) return refuse(deps, problem.sentence, problem.field);
  const question = worktreeQuestion(form, tasks);
  if (question !== null) {
    store.act({ type: 'form-changed', change: { type: 'asked', sentence: question } });
    return;
  }
  const task = keyOf({ ...form.project, name: formName(form) });
  const description = form.description.text.trim();
  store.act({ type: 'form-sent' });
  const { sandbox, after, looksAtPlan: planOnly } = form;
  const more = givenIn(form.more);
  const isGiven = 'given' in more && Object.keys(more.given).length > 0;
  const given = isGiven ? { given: more.given } : {};
  const worktree = form.worktree === null ? {} : { worktree: form.worktree.chosen === 'own' };
  void deps.codex
    .start({ task, description, sandbox, after, planOnly, ...given, ...worktree })
    .then((answer) => {
      if (!answer.ok) giveBack(deps, form, answer.sentence);
      else if (answer.sentence !== undefined) notice(deps, answer.sentence, 'plain');
    });
  store.act({ type: 'selected', task });
}

export function choiceBy(setting: WorktreeSetting): WorktreeChoice {
  return { chosen: setting === 'always' ? 'own' : 'none', asks: setting === 'ask' };
}

/** Null if nothing is to be asked. A task with a worktree of its own is not in the way, nor one that is waited for. */
function worktreeQuestion(
  { worktree, after }: TaskForm,
  tasks: readonly TaskView[],
): string | null {
  if (worktree === null || !worktree.asks) return null;
  const others = tasks.filter(
    ({ name, state, branch }) => hasRunner(state) && branch === null && name !== after,
  );
  const [first] = others;
  if (first === undefined) return null;
  const who = others.length === 1 ? `${first.label} works` : `${others.length} tasks work`;
  return `${who} in the same files. Space: own worktree, Enter: start`;
}

/** The task could not be started: the form comes back, unless the user is busy elsewhere; then it is the draft. */
function giveBack(deps: CommandDeps, form: TaskForm, sentence: string): void {
  const { store } = deps;
  const isBusy = store.view().dialog !== null;
  store.act({ type: 'form-returned', form: { ...form, error: sentence } });
  if (isBusy) notice(deps, `${formName(form)} was not started: ${sentence}`, 'problem');
}

function refuse({ store }: CommandDeps, sentence: string, field?: TaskForm['field']): void {
  const change = { type: 'refused' as const, sentence, ...(field === undefined ? {} : { field }) };
  store.act({ type: 'form-changed', change });
}
