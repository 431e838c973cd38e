// Which command a key means. The commands themselves come in with the context: see screen/commands/command-table.ts.

import { isQuietIn, type Command, type KeyContext } from './command.ts';
import type { Key } from './keys.ts';

/** The command for `key` in this context, usable or not; null if there is none. */
export function commandFor<C extends Command>(key: Key, context: KeyContext<C>): C | null {
  if (key.name === 'ctrl-c') return interruptIn(context);
  return commandsIn(context).find(({ keys }) => keys.includes(key.name)) ?? null;
}

/** Ctrl-C quits from everywhere. But it also ends Codex, and is pressed twice by habit: the second one must not quit us. */
function interruptIn<C extends Command>(context: KeyContext<C>): C | null {
  if (context.dialog?.kind === 'taken over') {
    return commandsIn(context).find(({ id }) => id === 'close') ?? null;
  }
  return context.commands.find(({ id }) => id === 'quit') ?? null;
}

/** Those that the footer shows, if there is room: they can be used now, and what to do next comes first. */
export function hintedCommands<C extends Command>(
  context: KeyContext<C>,
  among: readonly C[] = commandsIn(context),
): readonly C[] {
  const usable = among.filter((command) => command.whyNot(context) === null);
  const isNext = (command: C): boolean => command.isNext?.(context) ?? false;
  return [
    ...usable.filter(isNext),
    ...usable.filter((command) => !isQuietIn(command, context) && !isNext(command)),
  ];
}

/** The commands that apply in this context. A dialog takes all keys. */
export function commandsIn<C extends Command>(context: KeyContext<C>): readonly C[] {
  const { dialog, focus, commands } = context;
  return commands
    .filter(({ scope }) =>
      dialog === null ? scope === 'panes' || scope === focus : scope === dialog.kind,
    )
    .filter(({ page }) => page === undefined || page === context.page)
    .filter(({ isOffered }) => isOffered?.(context) ?? true);
}
