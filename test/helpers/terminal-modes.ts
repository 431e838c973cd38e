// What a program sets on the terminal besides text, read from its bytes.

import type { Terminal } from './terminal.ts';

/** The last state of each mode, set (`h`) or reset (`l`), by number. */
export function terminalModes(terminal: Terminal): Record<string, string> {
  const modes = terminal.rawBytes().matchAll(/\u001B\[\?([\d;]+)([hl])/g);
  return Object.fromEntries([...modes].map(([, mode = '', state = '']) => [mode, state]));
}

export function windowTitle(terminal: Terminal): string {
  return [...terminal.rawBytes().matchAll(/\u001B\]2;([^\u0007]*)\u0007/g)].at(-1)?.[1] ?? '';
}
