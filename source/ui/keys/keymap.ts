// What every key does: one table for dispatch, footer, help and docs, so that they cannot disagree.

import type { Command, KeyContext } from './command.ts';
import { dialogCommands } from './dialog-commands.ts';
import type { Key } from './keys.ts';
import { logCommands } from './log-commands.ts';
import { lookCommands } from './look-commands.ts';
import { lastCommands, paneCommands } from './pane-commands.ts';

/** The most used first: footer and help list them in this order. */
export const commands: readonly Command[] = [
  ...paneCommands,
  ...logCommands,
  ...lookCommands,
  ...lastCommands,
  ...dialogCommands,
];

/** The command for `key` in this context, usable or not; null if there is none. */
export function commandFor(key: Key, context: KeyContext): Command | null {
  // Ctrl-C quits from everywhere.
  if (key.name === 'ctrl-c') return commands.find(({ id }) => id === 'quit') ?? null;
  return commandsIn(context).find(({ keys }) => keys.includes(key.name)) ?? null;
}

/** The commands that apply in this context. A dialog takes all keys. */
export function commandsIn(context: KeyContext): readonly Command[] {
  const { dialog, focus, commands: own = commands } = context;
  return own
    .filter(({ scope }) =>
      dialog === null ? scope === 'panes' || scope === focus : scope === dialog.kind,
    )
    .filter(({ isOffered }) => isOffered?.(context) ?? true);
}
