// Keys → what they do. The keymap decides which command a key means; its record says why it is not available now and
// what it does: to the view at once, to tasks through Codex. A refused command gets a notice.

import type { KeyContext } from '../../ui/keys/command.ts';
import { commandFor } from '../../ui/keys/keymap.ts';
import type { Key } from '../../ui/keys/keys.ts';
import { keyContextOf } from '../../ui/view/panes.ts';
import { fieldEditFor, type FieldEdit } from '../../ui/dialog/text-field.ts';
import { searchAsTyped } from './dialogs/ask-commands.ts';
import { notice, type CommandDeps } from './command-deps.ts';
import type { CommandRecord } from './command-record.ts';

/** What a key press needs. */
export type KeyDeps = CommandDeps & {
  /** The same ones as in the view, with their actions. */
  commands: readonly CommandRecord[];
};

export function pressed(deps: KeyDeps, key: Key): void {
  const { store, clock, commands } = deps;
  store.act({ type: 'touched', at: clock.now() });
  const context = contextNow(deps, commands);
  const command = commandFor(key, context);
  if (command === null) return typed(deps, key);
  run(deps, command, context);
}

/** Pasted text goes into the open text field, and nowhere else. */
export function pasted(deps: Pick<CommandDeps, 'store' | 'withinTime'>, text: string): void {
  written(deps, { type: 'insert', text });
}

/** A key that is not a command goes into the open text field, if there is one. */
function typed(deps: CommandDeps, key: Key): void {
  const edit = fieldEditFor(key);
  if (edit !== null) written(deps, edit);
}

function written(deps: Pick<CommandDeps, 'store' | 'withinTime'>, edit: FieldEdit): void {
  deps.store.act({ type: 'written', edit });
  searchAsTyped(deps);
}

/** Does what the command does, or says why it cannot be done now. */
export function run(
  deps: CommandDeps,
  command: CommandRecord,
  context: KeyContext<CommandRecord>,
): void {
  const whyNot = command.whyNot(context);
  if (whyNot !== null) return notice(deps, whyNot, 'plain');
  command.act(deps, context);
}

export function contextNow(
  { store }: CommandDeps,
  commands: readonly CommandRecord[],
): KeyContext<CommandRecord> {
  return { ...keyContextOf(store.view(), store.scene()), commands };
}
