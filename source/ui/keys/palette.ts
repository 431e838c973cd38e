// The palette: every command of every pane, found by a few letters, with its keys, and the reason if it cannot be used
// now.

import { dialogCommands } from './dialog-commands.ts';
import type { Dialog } from '../dialog/dialog.ts';
import { fuzzyScore } from './fuzzy.ts';
import type { Command, KeyContext } from './command.ts';
import { commands } from './keymap.ts';
import type { PaneName } from '../view/layout.ts';

export type PaletteEntry = {
  readonly command: Command;
  readonly label: string;
  /** Null: the command can be used now. */
  readonly whyNot: string | null;
};

type Palette = Extract<Dialog, { kind: 'palette' }>;

/** The best match first; without letters, in the order of the keymap. */
export function paletteEntries(palette: Palette, context: KeyContext): readonly PaletteEntry[] {
  const letters = palette.field.text.trim();
  return commandsOfPanes(context)
    .map((command) => entryOf(command, context))
    .map((entry) => ({ entry, score: scoreOf(entry, letters) }))
    .filter((scored): scored is Scored => scored.score !== null)
    .sort((a, b) => (letters === '' ? 0 : b.score - a.score))
    .map(({ entry }) => entry);
}

export function chosenEntry(palette: Palette, context: KeyContext): PaletteEntry | null {
  const entries = paletteEntries(palette, context);
  return entries[Math.max(0, Math.min(palette.at, entries.length - 1))] ?? null;
}

/** The context in which the command would run: its own pane focused, the palette closed. */
export function contextOf({ scope }: Command, context: KeyContext): KeyContext {
  return { ...context, dialog: null, focus: isPane(scope) ? scope : context.focus };
}

type Scored = { entry: PaletteEntry; score: number };

function commandsOfPanes({ commands: own = commands }: KeyContext): readonly Command[] {
  const inDialogs = new Set(dialogCommands);
  return own.filter((command) => !inDialogs.has(command) && command.id !== 'palette');
}

function entryOf(command: Command, context: KeyContext): PaletteEntry {
  const where = contextOf(command, context);
  const isOffered = command.isOffered?.(where) ?? true;
  return {
    command,
    label: command.labelNow?.(where) ?? command.label,
    whyNot: isOffered ? command.whyNot(where) : 'Not available now',
  };
}

/** Fuzzy in the label; in the help sentence the letters must be adjacent, because scattered ones mean nothing there. */
function scoreOf({ command, label }: PaletteEntry, letters: string): number | null {
  const ofLabel = fuzzyScore(letters, label);
  if (ofLabel !== null) return ofLabel;
  const isInHelp = command.help.toLowerCase().includes(letters.toLowerCase());
  return isInHelp ? -command.help.length : null;
}

function isPane(scope: Command['scope']): scope is PaneName {
  return scope === 'tasks' || scope === 'details' || scope === 'log';
}
