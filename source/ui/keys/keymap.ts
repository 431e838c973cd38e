// What every key does: one table feeds dispatch, footer, help and the docs, so that none of them can tell another story.

import type { Command, KeyContext } from './command.ts';
import { dialogCommands } from './dialog-commands.ts';
import type { Key } from './keys.ts';
import { logCommands } from './log-commands.ts';
import { lookCommands } from './look-commands.ts';
import { lastCommands, paneCommands } from './pane-commands.ts';

/** In the order of their use: footer and help take them from the top. */
export const commands: readonly Command[] = [
  ...paneCommands,
  ...logCommands,
  ...lookCommands,
  ...lastCommands,
  ...dialogCommands,
];

/** The command that `key` means there, usable or not; null when it means none. */
export function commandFor(key: Key, context: KeyContext): Command | null {
  // Ctrl-C means out, wherever one is.
  if (key.name === 'ctrl-c') return commands.find(({ id }) => id === 'quit') ?? null;
  return commandsIn(context).find(({ keys }) => keys.includes(key.name)) ?? null;
}

/** The commands that apply where one is. A dialog takes all keys. */
export function commandsIn(context: KeyContext): readonly Command[] {
  const { dialog, focus, commands: own = commands } = context;
  return own
    .filter(({ scope }) =>
      dialog === null ? scope === 'panes' || scope === focus : scope === dialog.kind,
    )
    .filter(({ isOffered }) => isOffered?.(context) ?? true);
}
