// Keys → what they do. The keymap decides which command a key means, and why it is not available now; this file carries
// the command out: on the view at once, on tasks through Codex, with a notice if it was refused.

import { markedTarget } from '../../ui/view/details-scroll.ts';
import type { Command, KeyContext } from '../../ui/keys/command.ts';
import { commandFor } from '../../ui/keys/keymap.ts';
import type { Key } from '../../ui/keys/keys.ts';
import { chosenEntry, contextOf } from '../../ui/keys/palette.ts';
import { keyContextOf, panesOf } from '../../ui/view/panes.ts';
import { emptyForm } from '../../ui/dialog/task-form.ts';
import { emptyField, fieldEditFor, fieldWith } from '../../ui/dialog/text-field.ts';
import { notice, type CommandDeps } from './command-deps.ts';
import { logCommand } from './log-commands.ts';
import { startForm } from './form-commands.ts';
import { confirmed, pauseAll, steer } from './steering.ts';

export function pressed(deps: CommandDeps, key: Key): void {
  const { store } = deps;
  store.act({ type: 'touched', at: Date.now() });
  const context = keyContextOf(store.view(), store.scene().board);
  const command = commandFor(key, context);
  if (command === null) return typed(deps, key);
  run(deps, command, context);
}

/** Pasted text goes into the open text field, and nowhere else. */
export function pasted(deps: Pick<CommandDeps, 'store'>, text: string): void {
  deps.store.act({ type: 'written', edit: { type: 'insert', text } });
}

/** A key that is not a command goes into the open text field, if there is one. */
function typed({ store }: CommandDeps, key: Key): void {
  const edit = fieldEditFor(key);
  if (edit !== null) store.act({ type: 'written', edit });
}

function run(deps: CommandDeps, command: Command, context: KeyContext): void {
  const whyNot = command.whyNot(context);
  if (whyNot !== null) return notice(deps, whyNot, 'plain');
  carryOut(deps, command, context);
}

function carryOut(deps: CommandDeps, command: Command, context: KeyContext): void {
  const { store } = deps;
  switch (command.id) {
    case 'pause':
    case 'pause-after-session':
    case 'continue':
    case 'resume-last':
      return steer(deps, command.id, context);
    case 'new-task':
      return store.act({
        type: 'dialog-opened',
        dialog: { kind: 'new task', form: { ...emptyForm, sandbox: deps.sandbox } },
      });
    case 'open-task':
      return store.act({ type: 'focused', pane: 'log' });
    case 'open-entry':
      return store.act({ type: 'entry-toggled' });
    case 'open-detail':
      return openDetail(deps);
    case 'next-pane':
      return store.act({ type: 'pane-changed' });
    case 'previous-pane':
      return store.act({ type: 'pane-changed', by: -1 });
    case 'next-page':
      return store.act({ type: 'page-changed', by: 1 });
    case 'previous-page':
      return store.act({ type: 'page-changed', by: -1 });
    case 'show-steps':
      return store.act({ type: 'page-opened', page: 'steps' });
    case 'show-sessions':
      return store.act({ type: 'page-opened', page: 'sessions' });
    case 'show-notes':
      return store.act({ type: 'page-opened', page: 'notes' });
    case 'show-about':
      return store.act({ type: 'page-opened', page: 'about' });
    case 'back':
      return store.act({ type: 'focused', pane: 'tasks' });
    case 'mark':
      return store.act({ type: 'mark-toggled' });
    case 'filter-by-state':
      return store.act({ type: 'group-changed' });
    case 'filter-by-name': {
      const field = fieldWith(store.view().filter.name);
      return store.act({ type: 'dialog-opened', dialog: { kind: 'filter', field } });
    }
    case 'show-all':
      return store.act({ type: 'all-shown' });
    case 'up':
    case 'down':
    case 'page-up':
    case 'page-down':
    case 'first':
    case 'last':
      return store.act({ type: 'moved', move: command.id });
    case 'zoom':
      return store.act({ type: 'zoom-toggled' });
    case 'mouse':
      return store.act({ type: 'mouse-toggled' });
    case 'palette':
      return store.act({
        type: 'dialog-opened',
        dialog: { kind: 'palette', field: emptyField, at: 0 },
      });
    case 'palette-run':
      return runChosen(deps, context);
    case 'help':
      return store.act({ type: 'dialog-opened', dialog: { kind: 'help', top: 0 } });
    case 'suspend':
      return deps.suspend?.();
    case 'quit':
      return deps.quit();
    case 'pause-all-and-quit':
      return pauseAll(deps);
    case 'search':
    case 'next-match':
    case 'previous-match':
    case 'log-filter':
    case 'session-alone':
    case 'clear-log':
    case 'next-error':
    case 'previous-error':
    case 'jump':
    case 'follow':
    case 'copy':
    case 'raw':
    case 'export':
    case 'wrap':
    case 'scroll-right':
    case 'scroll-left':
    case 'ask-done':
    case 'ask-form':
      return void logCommand(deps, command.id);
    case 'form-start':
      return startForm(deps);
    case 'form-next':
      return store.act({ type: 'form-changed', change: { type: 'next-field' } });
    case 'form-previous':
      return store.act({ type: 'form-changed', change: { type: 'previous-field' } });
    case 'form-new-line':
      return store.act({ type: 'written', edit: { type: 'insert', text: '\n' } });
    case 'yes':
      return confirmed(deps);
    case 'close':
      return store.act({ type: 'dialog-closed' });
    default:
      command.id satisfies never;
  }
}

/** Goes to the selected step or session in the log. */
function openDetail(deps: CommandDeps): void {
  const { store } = deps;
  const { details } = panesOf(store.view(), store.scene());
  const target = details === null ? null : markedTarget(details);
  if (details?.details != null && target !== null) store.act({ type: 'gone-to', target });
}

/** Runs the command chosen in the palette, in the pane that it belongs to. */
function runChosen(deps: CommandDeps, context: KeyContext): void {
  const { store } = deps;
  const { dialog } = store.view();
  const chosen = dialog?.kind === 'palette' ? chosenEntry(dialog, context) : null;
  if (chosen === null) return;
  store.act({ type: 'dialog-closed' });
  const { command } = chosen;
  if (chosen.whyNot !== null) return notice(deps, chosen.whyNot, 'plain');
  const pane = contextOf(command, context).focus;
  if (pane !== store.view().focus) store.act({ type: 'focused', pane });
  run(deps, command, keyContextOf(store.view(), store.scene().board));
}
