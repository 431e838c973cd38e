// Keys → what they do. Which key means what, and why not now, is the keymap's; this carries it out: on the
// view at once, on tasks through Codex, with a notice where that was refused.

import { useCallback } from 'react';
import type { TaskView } from '../core/board.ts';
import type { Sandbox } from '../core/task.ts';
import type { FleetAnswer } from '../engine/fleet.ts';
import { askForFullAccess, askToPauseAll, type Confirm } from '../ui/dialog.ts';

import { commandFor, type Command, type CommandId } from '../ui/keymap.ts';
import type { Key } from '../ui/keys.ts';
import { keyContextOf } from '../ui/panes.ts';
import { isUnderWay } from '../ui/state-words.ts';
import { emptyForm, formName, formProblem, type TaskForm } from '../ui/task-form.ts';
import { fieldEditFor } from '../ui/text-field.ts';
import type { Codex } from './use-codex.ts';
import type { ViewStore } from './view-store.ts';

export type CommandDoors = {
  store: Pick<ViewStore, 'view' | 'scene' | 'act'>;
  codex: Codex;
  /** What `--network` said: runs that are started from here have full access, after a question. */
  sandbox: Sandbox;
  quit(): void;
};

const noticeMs = 6000;

/** Returns what to call with each key that was pressed, in order. */
export function useCommands(doors: CommandDoors): (key: Key) => void {
  const { store, codex, sandbox, quit } = doors;
  return useCallback(
    (key) => pressed({ store, codex, sandbox, quit }, key),
    [store, codex, sandbox, quit],
  );
}

export function pressed(doors: CommandDoors, key: Key): void {
  const { store } = doors;
  const context = keyContextOf(store.view(), store.scene().board);
  const command = commandFor(key, context);
  if (command === null) return typed(doors, key);
  const whyNot = command.whyNot(context);
  if (whyNot !== null) return notice(doors, whyNot, 'plain');
  carryOut(doors, command, context.task);
}

/** A key that is no command writes into the form, if one is open. */
function typed({ store }: CommandDoors, key: Key): void {
  const { dialog } = store.view();
  const edit = dialog?.kind === 'new task' ? fieldEditFor(key) : null;
  if (edit !== null) store.act({ type: 'form-changed', change: { type: 'edit', edit } });
}

const moves = new Map<CommandId, 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last'>([
  ['up', 'up'],
  ['down', 'down'],
  ['page-up', 'page-up'],
  ['page-down', 'page-down'],
  ['first', 'first'],
  ['last', 'last'],
]);

function carryOut(doors: CommandDoors, command: Command, task: TaskView | null): void {
  const { store, codex, quit } = doors;
  switch (command.id) {
    case 'pause':
      return ask(doors, task, (known) => codex.pause(known));
    case 'pause-after-session':
      return ask(doors, task, (known) => codex.pauseAfterSession(known));
    case 'continue':
    case 'resume-last':
      return goOn(doors, command.id, task);
    case 'new-task':
      return store.act({
        type: 'dialog-opened',
        dialog: { kind: 'new task', form: { ...emptyForm, sandbox: doors.sandbox } },
      });
    case 'open-task':
      return store.act({ type: 'focused', pane: 'log' });
    case 'open-entry':
      return store.act({ type: 'entry-toggled' });
    case 'next-pane':
      return store.act({ type: 'pane-changed' });
    case 'back':
      return store.act({ type: 'focused', pane: 'tasks' });
    case 'up':
    case 'down':
    case 'page-up':
    case 'page-down':
    case 'first':
    case 'last': {
      const move = moves.get(command.id);
      return move === undefined ? undefined : store.act({ type: 'moved', move });
    }
    case 'help':
      return store.act({ type: 'dialog-opened', dialog: { kind: 'help', top: 0 } });
    case 'quit':
      return quit();
    case 'pause-all-and-quit':
      return pauseAll(doors);
    case 'form-start':
      return startForm(doors);
    case 'form-next':
      return store.act({ type: 'form-changed', change: { type: 'next-field' } });
    case 'form-previous':
      return store.act({ type: 'form-changed', change: { type: 'previous-field' } });
    case 'form-new-line':
      return store.act({
        type: 'form-changed',
        change: { type: 'edit', edit: { type: 'insert', text: '\n' } },
      });
    case 'yes':
      return confirmed(doors);
    case 'close':
      return store.act({ type: 'dialog-closed' });
    default:
      command.id satisfies never;
  }
}

/** In full access both ask first, each time that a run starts. */
function goOn(doors: CommandDoors, id: 'continue' | 'resume-last', task: TaskView | null): void {
  if (task === null) return;
  const starts = task.run === null;
  if (starts && doors.sandbox === 'danger-full-access') {
    const confirm = askForFullAccess(id, task);
    return doors.store.act({ type: 'dialog-opened', dialog: { kind: 'confirm', confirm } });
  }
  goOnNow(doors, id, task, 'workspace-write');
}

// eslint-disable-next-line max-params -- the four words of one sentence
function goOnNow(
  doors: CommandDoors,
  id: 'continue' | 'resume-last',
  task: TaskView,
  sandbox: Sandbox,
): void {
  const { codex } = doors;
  ask(doors, task, (known) =>
    id === 'continue' ? codex.continueTask(known, sandbox) : codex.resumeLast(known, sandbox),
  );
}

function pauseAll(doors: CommandDoors): void {
  const { tasks } = doors.store.scene().board;
  if (!tasks.some(({ state }) => isUnderWay(state.word))) return doors.quit();
  doors.store.act({
    type: 'dialog-opened',
    dialog: { kind: 'confirm', confirm: askToPauseAll(tasks) },
  });
}

function confirmed(doors: CommandDoors): void {
  const { store, codex } = doors;
  const { dialog } = store.view();
  if (dialog?.kind !== 'confirm') return;
  const { command, task: name }: Confirm = dialog.confirm;
  const { tasks } = store.scene().board;
  if (command === 'pause-all-and-quit') {
    store.act({ type: 'dialog-opened', dialog: { kind: 'leaving' } });
    for (const task of tasks) {
      if (isUnderWay(task.state.word)) ask(doors, task, (known) => codex.pause(known));
    }
    return;
  }
  store.act({ type: 'dialog-closed' });
  const task = tasks.find((candidate) => candidate.name === name);
  if (task !== undefined) goOnNow(doors, command, task, 'danger-full-access');
}

function startForm(doors: CommandDoors): void {
  const { store } = doors;
  const { dialog } = store.view();
  if (dialog?.kind !== 'new task') return;
  const { form } = dialog;
  const takenNames = store.scene().board.tasks.map(({ name }) => name);
  const problem = formProblem(form, { takenNames });
  if (problem !== null) return refuse(doors, problem.sentence, problem.field);
  const name = formName(form);
  const description = form.description.text.trim();
  void doors.codex.start({ name, description, sandbox: form.sandbox }).then((answer) => {
    if (!answer.ok) return refuse(doors, answer.sentence);
    store.act({ type: 'dialog-closed' });
    store.act({ type: 'selected', name });
  });
}

function refuse({ store }: CommandDoors, sentence: string, field?: TaskForm['field']): void {
  const change = { type: 'refused' as const, sentence, ...(field === undefined ? {} : { field }) };
  store.act({ type: 'form-changed', change });
}

function ask(
  doors: CommandDoors,
  task: TaskView | null,
  verb: (task: TaskView) => Promise<FleetAnswer>,
): void {
  if (task === null) return;
  void verb(task).then((answer) => {
    if (!answer.ok) notice(doors, answer.sentence, 'problem');
  });
}

function notice({ store }: CommandDoors, text: string, tone: 'plain' | 'problem'): void {
  const until = Date.now() + noticeMs;
  store.act({ type: 'noticed', notice: { text, tone, until } });
}
