// What every key does: one table feeds dispatch, footer, help and the README, so that none of them can tell
// another story. A command says itself why it can't be used now, in words for the person.

import type { TaskView } from '../core/board.ts';
import type { Dialog } from './dialog.ts';
import { dialogCommands } from './dialog-commands.ts';
import type { Key } from './keys.ts';
import type { PaneName } from './layout.ts';
import { paneCommands } from './pane-commands.ts';

/** Where a key applies: in one pane, in all panes, or in a dialog. */
export type Scope = 'panes' | PaneName | Dialog['kind'];

/** What a command needs to know of the screen. */
export type KeyContext = {
  /** The selected one. */
  readonly task: TaskView | null;
  readonly focus: PaneName;
  readonly dialog: Dialog | null;
};

export type CommandId =
  | 'pause'
  | 'pause-after-session'
  | 'continue'
  | 'resume-last'
  | 'new-task'
  | 'open-task'
  | 'open-entry'
  | 'next-pane'
  | 'back'
  | 'up'
  | 'down'
  | 'page-up'
  | 'page-down'
  | 'first'
  | 'last'
  | 'help'
  | 'quit'
  | 'pause-all-and-quit'
  | 'form-start'
  | 'form-next'
  | 'form-previous'
  | 'form-new-line'
  | 'yes'
  | 'close';

export type Command = {
  readonly id: CommandId;
  readonly scope: Scope;
  /** By name, as keys.ts has them; the first one is shown in the footer. */
  readonly keys: readonly string[];
  /** One or two words, for the footer. */
  readonly label: string;
  /** Instead of the label, where the key means its contrary now. */
  labelNow?(this: void, context: KeyContext): string | null;
  /** One sentence, for help and README. */
  readonly help: string;
  /** Known to everybody: not worth room in the footer. */
  readonly isQuiet?: true;
  /** Null: it can be used now. Else one sentence. */
  whyNot(this: void, context: KeyContext): string | null;
};

/** In the order of their use: footer and help take them from the top. */
export const commands: readonly Command[] = [...paneCommands, ...dialogCommands];

/** The command that `key` means there, usable or not; null when it means none. */
export function commandFor(key: Key, context: KeyContext): Command | null {
  // Ctrl-C means out, wherever one is.
  if (key.name === 'ctrl-c') return commands.find(({ id }) => id === 'quit') ?? null;
  return commandsIn(context).find(({ keys }) => keys.includes(key.name)) ?? null;
}

/** The commands that apply where one is. A dialog takes all keys. */
export function commandsIn({ dialog, focus }: KeyContext): readonly Command[] {
  return commands.filter(({ scope }) =>
    dialog === null ? scope === 'panes' || scope === focus : scope === dialog.kind,
  );
}
