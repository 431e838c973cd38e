// The commands of a task's settings: they open, are changed row by row, and are kept together or not at all.

import { keyOf } from '../../../core/task/task-key.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import {
  changedSettings,
  movedSettings,
  settingsForm,
  type SettingsForm,
} from '../../../ui/dialog/settings-form.ts';
import type { KeyContext } from '../../../ui/keys/command.ts';
import { notice, type CommandDeps } from '../command-deps.ts';
import { always, closesDialog, type CommandRecord } from '../command-record.ts';

export const settingsCommand: CommandRecord = {
  id: 'settings',
  scope: 'panes',
  keys: [','],
  label: 'settings',
  help: "The task's settings: model, profile, budgets, hours, checks, full access for one run; they count from its next session.",
  // It is for the selected task, whatever is marked.
  isQuiet: ({ focus, marked = [] }) => focus === 'changes' || marked.length > 0,
  whyNot: ({ task }) => {
    if (task === null) return 'There is no task yet';
    if (!task.valid) return 'This task has no settings: see its row';
    return task.state.word === 'starting' ? `${task.label} is just starting` : null;
  },
  act: open,
};

export const settingsCommands: readonly CommandRecord[] = [
  {
    id: 'settings-keep',
    scope: 'settings',
    keys: ['return'],
    label: 'save',
    help: 'Save the settings of the task.',
    whyNot: always,
    act: keep,
  },
  {
    id: 'settings-next',
    scope: 'settings',
    keys: ['tab', 'down'],
    label: 'next',
    help: 'Next setting; after the last one, those that are used less.',
    whyNot: always,
    act: (deps) => move(deps, 1),
  },
  {
    id: 'settings-previous',
    scope: 'settings',
    keys: ['shift-tab', 'up'],
    label: 'previous',
    help: 'Previous setting.',
    isQuiet: true,
    whyNot: always,
    act: (deps) => move(deps, -1),
  },
  {
    id: 'close',
    scope: 'settings',
    keys: ['escape'],
    label: 'cancel',
    help: 'Close without saving.',
    whyNot: always,
    act: closesDialog,
  },
];

function open(deps: CommandDeps, { task }: KeyContext): void {
  const { store, settings } = deps;
  if (task === null || settings === undefined) return;
  const key = keyOf(task);
  settings.read(key).then(
    (found) => {
      // Else the user is busy elsewhere by now.
      if (store.view().dialog !== null || store.view().selected !== key) return;
      store.act({ type: 'dialog-opened', dialog: settingsForm(task, found) });
    },
    (error: unknown) => notice(deps, errorMessage(error), 'problem'),
  );
}

function move({ store }: CommandDeps, by: 1 | -1): void {
  const { dialog } = store.view();
  if (dialog?.kind !== 'settings') return;
  store.act({ type: 'dialog-opened', dialog: movedSettings(dialog, by) });
}

/** Closes at once: a second Enter must not save again. The dialog comes back if the settings were not kept. */
function keep(deps: CommandDeps): void {
  const { store, settings } = deps;
  const { dialog } = store.view();
  if (dialog?.kind !== 'settings' || settings === undefined) return;
  const changed = changedSettings(dialog);
  if ('problem' in changed) {
    const { problem, at } = changed;
    return store.act({ type: 'dialog-opened', dialog: { ...dialog, problem, at } });
  }
  store.act({ type: 'dialog-closed' });
  if (Object.keys(changed.given).length === 0) return notice(deps, 'Nothing was changed', 'plain');
  settings.change(dialog.task, changed.given).then(
    ({ ok, sentence }) => {
      if (ok) return notice(deps, sentence, 'plain');
      giveBack(deps, dialog, sentence);
    },
    (error: unknown) => giveBack(deps, dialog, errorMessage(error)),
  );
}

/** Unless the user is busy elsewhere. */
function giveBack(deps: CommandDeps, dialog: SettingsForm, problem: string): void {
  const { store } = deps;
  if (store.view().dialog === null) {
    return store.act({ type: 'dialog-opened', dialog: { ...dialog, problem } });
  }
  notice(deps, `The settings were not saved: ${problem}`, 'problem');
}
