// The commands of the question, the help, the filter by name, the palette, and the wait for paused tasks.

import { isOnlyByY } from '../../../ui/dialog/ask-to-delete.ts';
import type { KeyContext } from '../../../ui/keys/command.ts';
import { readTerms } from '../../../ui/view/tasks/filter-terms.ts';
import { chosenEntry, contextOf } from '../../../ui/keys/palette.ts';
import { contextNow, run } from '../carry-out.ts';
import { notice, type CommandDeps } from '../command-deps.ts';
import { always, changesView, closesDialog, type CommandRecord } from '../command-record.ts';
import { confirmed } from '../steering.ts';

const close = { id: 'close', act: closesDialog };
const down = { id: 'down', label: 'down', act: changesView({ type: 'moved', move: 'down' }) };
const up = { id: 'up', label: 'up', act: changesView({ type: 'moved', move: 'up' }) };

export const dialogCommands: readonly CommandRecord[] = [
  inDialog('confirm', ['return', 'y'], {
    id: 'yes',
    label: 'yes',
    help: 'Confirm.',
    isOffered: (context) => !asksForY(context),
    act: confirmed,
  }),
  inDialog('confirm', ['y'], {
    id: 'delete-yes',
    label: 'delete',
    help: 'Confirm a deletion; Enter does not.',
    isOffered: asksForY,
    act: confirmed,
  }),
  inDialog('confirm', ['escape', 'n'], {
    id: 'close',
    label: 'no',
    help: 'Change nothing.',
    act: declined,
  }),
  inDialog('help', ['escape', '?', 'q'], { ...close, label: 'close', help: 'Close the help.' }),
  inDialog('help', ['j', 'down'], { ...down, help: 'Scroll down.' }),
  inDialog('help', ['k', 'up'], { ...up, help: 'Scroll up.' }),
  inDialog('filter', ['return'], {
    ...close,
    label: 'keep',
    help: 'Keep the filter.',
    whyNot: ({ dialog }) =>
      dialog?.kind === 'filter' ? readTerms(dialog.field.text).problem : null,
  }),
  inDialog('filter', ['escape'], {
    id: 'show-all',
    label: 'show all',
    help: 'Show all tasks.',
    act: changesView({ type: 'all-shown' }),
  }),
  inDialog('palette', ['return'], {
    id: 'palette-run',
    label: 'run',
    help: 'Run the selected command.',
    act: runChosen,
  }),
  inDialog('palette', ['escape'], { ...close, label: 'close', help: 'Close the palette.' }),
  inDialog('palette', ['up', 'ctrl-p'], { ...up, help: 'Previous command.', isQuiet: true }),
  inDialog('palette', ['down', 'ctrl-n'], { ...down, help: 'Next command.', isQuiet: true }),
  inDialog('leaving', ['q'], {
    id: 'quit',
    label: 'quit now',
    help: 'Quit now; the tasks still pause.',
    act: ({ quit }) => quit(),
  }),
  inDialog('leaving', ['escape'], {
    ...close,
    label: 'stay',
    help: 'Stay here; the tasks still pause.',
  }),
];

function asksForY({ dialog }: KeyContext): boolean {
  return dialog?.kind === 'confirm' && isOnlyByY(dialog.confirm);
}

function declined(deps: CommandDeps): void {
  const { dialog } = deps.store.view();
  deps.store.act({ type: 'dialog-closed' });
  const sentence = dialog?.kind === 'confirm' ? dialog.confirm.afterNo : undefined;
  if (sentence !== undefined) notice(deps, sentence, 'plain');
}

function inDialog(
  scope: CommandRecord['scope'],
  keys: readonly string[],
  command: Omit<CommandRecord, 'scope' | 'keys' | 'whyNot'> &
    Partial<Pick<CommandRecord, 'whyNot'>>,
): CommandRecord {
  return { whyNot: always, ...command, scope, keys };
}

/** Runs the command chosen in the palette, in the pane that it belongs to. */
function runChosen(deps: CommandDeps, context: KeyContext<CommandRecord>): void {
  const { store } = deps;
  const { dialog, commands } = context;
  const chosen = dialog?.kind === 'palette' ? chosenEntry(dialog, context) : null;
  if (chosen === null) return;
  store.act({ type: 'dialog-closed' });
  const { command } = chosen;
  if (chosen.whyNot !== null) return notice(deps, chosen.whyNot, 'plain');
  const pane = contextOf(command, context).focus;
  if (pane !== store.view().focus) store.act({ type: 'focused', pane });
  if (command.page !== undefined) store.act({ type: 'page-opened', page: command.page });
  run(deps, command, contextNow(deps, commands));
}
