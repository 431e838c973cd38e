// Presses the key of a command, as the keymap has it, and nothing else: a test says which command it uses, and
// test/ui/commands-shown.test.ts finds out from the words which one nobody uses.

import type { CommandId, Scope } from '../../source/ui/keys/command.ts';
import { commands } from '../../source/ui/keys/keymap.ts';
import type { Terminal } from './terminal.ts';

/** As a terminal sends them, where their names are others than there. */
const sent = new Map([
  ['return', 'enter'],
  ['shift-tab', '\u001B[Z'],
  ['left', '\u001B[D'],
  ['right', '\u001B[C'],
  ['ctrl-j', '\n'],
  ['ctrl-n', '\u000E'],
  ['ctrl-p', '\u0010'],
  ['ctrl-z', '\u001A'],
]);

/** `which`: a command may have several keys; the first one counts as its own. */
export function pressFor(dashboard: Terminal, scope: Scope, id: CommandId, which = 0): void {
  const command = commands.find((one) => one.scope === scope && one.id === id);
  const key = command?.keys[which];
  if (key === undefined) throw new Error(`There is no key ${which} of ${id} in ${scope}`);
  dashboard.press(sent.get(key) ?? key);
}
