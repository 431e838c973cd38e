// The commands that tell a task something, and that take it back while it waits.

import { keyOf } from '../../../core/task/task-key.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import type { GuidancePiece } from '../../../core/guidance/guidance.ts';
import { emptyTell, type Tell } from '../../../ui/dialog/tell-form.ts';
import type { KeyContext } from '../../../ui/keys/command.ts';
import { notice, type CommandDeps } from '../command-deps.ts';
import { always, changesView, closesDialog, type CommandRecord } from '../command-record.ts';

export const tellCommand: CommandRecord = {
  id: 'tell',
  scope: 'panes',
  keys: ['>'],
  label: 'tell',
  help: 'Tell the task something, for its next session or for now.',
  // It is for the selected task, whatever is marked.
  isQuiet: ({ focus, marked = [] }) => focus === 'changes' || marked.length > 0,
  whyNot: ({ task }) => {
    if (task === null) return 'There is no task yet';
    return task.valid ? null : 'Nothing can be told to this task: see its row';
  },
  act: ({ store }, { task }) => {
    if (task === null) return;
    store.act({ type: 'dialog-opened', dialog: emptyTell(task) });
  },
};

export const takeBackCommand: CommandRecord = {
  id: 'take-back',
  scope: 'details',
  keys: ['u'],
  label: 'take back',
  help: 'Take back what you told the task last, while it waits (About page).',
  isOffered: ({ page }) => page === undefined || page === 'about',
  whyNot: ({ waiting }) => (waiting == null ? 'Nothing that you said waits' : null),
  act: takeBack,
};

export const tellCommands: readonly CommandRecord[] = [
  {
    id: 'tell-next',
    scope: 'tell',
    keys: ['return'],
    label: 'next session',
    help: 'Tell it with the next session.',
    whyNot: always,
    act: (deps) => tell(deps, 'next'),
  },
  {
    id: 'tell-now',
    scope: 'tell',
    keys: ['tab'],
    label: 'now',
    help: 'Interrupt the session, and go on with this in the same conversation.',
    whyNot: always,
    act: (deps) => tell(deps, 'now'),
  },
  {
    id: 'close',
    scope: 'tell',
    keys: ['escape'],
    label: 'cancel',
    help: 'Close without telling.',
    whyNot: always,
    act: closesDialog,
  },
  {
    id: 'tell-new-line',
    scope: 'tell',
    keys: ['ctrl-j', 'alt-return'],
    label: 'new line',
    help: 'Insert a line break.',
    whyNot: always,
    act: changesView({ type: 'written', edit: { type: 'insert', text: '\n' } }),
  },
];

/** Closes the form at once: a second Enter must not tell it again. It comes back if it was not kept. */
function tell(deps: CommandDeps, when: GuidancePiece['when']): void {
  const { store } = deps;
  const { dialog } = store.view();
  if (dialog?.kind !== 'tell' || deps.tell === undefined) return;
  if (dialog.field.text.trim() === '') return giveBack(deps, dialog, 'Write what to tell it');
  store.act({ type: 'dialog-closed' });
  deps.tell({ task: dialog.task, text: dialog.field.text, when }).then(
    ({ ok, sentence, piece }) => {
      if (ok || piece !== undefined) return notice(deps, sentence, ok ? 'plain' : 'problem');
      giveBack(deps, dialog, sentence);
    },
    (error: unknown) => giveBack(deps, dialog, errorMessage(error)),
  );
}

/** Unless the user is busy elsewhere. */
function giveBack(deps: CommandDeps, dialog: Tell, problem: string): void {
  const { store } = deps;
  const open = store.view().dialog;
  if (open === null || open.kind === 'tell') {
    return store.act({ type: 'dialog-opened', dialog: { ...dialog, problem } });
  }
  notice(deps, `Not told: ${problem}`, 'problem');
}

function takeBack(
  deps: CommandDeps,
  { task, waiting }: Pick<KeyContext, 'task' | 'waiting'>,
): void {
  if (task === null || waiting == null || deps.takeBack === undefined) return;
  deps.takeBack({ task: keyOf(task), id: waiting.id }).then(
    (isTaken) =>
      isTaken
        ? notice(deps, 'Taken back', 'plain')
        : notice(deps, 'It is in a prompt already', 'problem'),
    (error: unknown) => notice(deps, `Not taken back: ${errorMessage(error)}`, 'problem'),
  );
}
