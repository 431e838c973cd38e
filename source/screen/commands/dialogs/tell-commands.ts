// The commands that tell a task something, and that take it back while it waits.

import { keyOf } from '../../../core/task/task-key.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import type { GuidancePiece } from '../../../core/guidance/guidance.ts';
import { tellForm, type Tell } from '../../../ui/dialog/tell-form.ts';
import type { KeyContext } from '../../../ui/keys/command.ts';
import { keyLabel } from '../../../ui/keys/keys.ts';
import { notice, type CommandDeps } from '../command-deps.ts';
import { formEditor } from './form-editor.ts';
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
    const draft = store.view().tellDrafts.get(keyOf(task));
    store.act({ type: 'dialog-opened', dialog: tellForm(task, draft) });
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
    help: 'Close without telling; the text is kept for the next time.',
    whyNot: always,
    act: closesDialog,
  },
  formEditor({
    id: 'tell-editor',
    scope: 'tell',
    help: 'Write the text in $VISUAL or $EDITOR.',
  }),
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
  if (dialog.field.text.trim() === '') {
    const problem = 'Write what to tell it';
    return store.act({ type: 'dialog-opened', dialog: { ...dialog, problem } });
  }
  store.act({ type: 'tell-sent' });
  deps.tell({ task: dialog.task, text: dialog.field.text, when }).then(
    ({ ok, sentence, piece }) => {
      if (ok || piece !== undefined) return notice(deps, sentence, ok ? 'plain' : 'problem');
      giveBack(deps, dialog, sentence);
    },
    (error: unknown) => giveBack(deps, dialog, errorMessage(error)),
  );
}

/** The form comes back, unless the user is busy elsewhere; then it is the draft, and the notice says so. */
function giveBack(deps: CommandDeps, tell: Tell, problem: string): void {
  const { store } = deps;
  store.act({ type: 'tell-returned', tell: { ...tell, problem } });
  const { dialog, commands } = store.view();
  if (dialog?.kind === 'tell' && dialog.task === tell.task) return;
  const { scope, id } = tellCommand;
  const key = commands.find((one) => one.scope === scope && one.id === id)?.keys[0] ?? '';
  const where = `what you wrote to ${tell.label} is kept: ${keyLabel(key)} shows it`;
  notice(deps, `Not told: ${problem}; ${where}`, 'problem');
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
