// Presses the key that the keymap has for a command. Tests name commands, so that test/screen/commands/commands-shown.test.ts can
// find the commands that no test uses.

import type { Scope } from '../../source/ui/keys/command.ts';
import { commands } from '../../source/screen/commands/command-table.ts';
import type { Terminal } from './terminal.ts';

/** The terminal helper's names for keys, where they differ from the keymap's. */
const sent = new Map([
  ['return', 'enter'],
  ['shift-tab', '\u001B[Z'],
  ['left', '\u001B[D'],
  ['right', '\u001B[C'],
  ['ctrl-g', '\u0007'],
  ['ctrl-j', '\n'],
  ['ctrl-n', '\u000E'],
  ['ctrl-p', '\u0010'],
  ['ctrl-z', '\u001A'],
]);

/** `which`: the index of the key, for commands with several; the first one is the default. */
export function pressFor(dashboard: Terminal, scope: Scope, id: string, which = 0): void {
  const command = commands.find((one) => one.scope === scope && one.id === id);
  const key = command?.keys[which];
  if (key === undefined) throw new Error(`${id} in ${scope} has no key ${which}`);
  dashboard.press(sent.get(key) ?? key);
}
