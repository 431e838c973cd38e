// The palette: every command of every pane, found by a few letters, with its keys, and the reason if it cannot be used
// now.

import type { Dialog } from '../dialog/dialog.ts';
import { fuzzyScore } from './fuzzy.ts';
import { isInPanes, isPane, type Command, type KeyContext } from './command.ts';

export type PaletteEntry<C extends Command = Command> = {
  readonly command: C;
  readonly label: string;
  /** Null: the command can be used now. */
  readonly whyNot: string | null;
};

type Palette = Extract<Dialog, { kind: 'palette' }>;

/** The best match first; without letters, those that can be used now, in the order of the keymap. */
export function paletteEntries<C extends Command>(
  palette: Palette,
  context: KeyContext<C>,
): readonly PaletteEntry<C>[] {
  const letters = palette.field.text.trim();
  return entriesOf(context)
    .map((entry) => ({ entry, score: scoreOf(entry, letters) }))
    .filter((scored): scored is Scored<C> => scored.score !== null)
    .sort((a, b) => (letters === '' ? firstUsable(a.entry, b.entry) : b.score - a.score))
    .map(({ entry }) => entry);
}

export function chosenEntry<C extends Command>(
  palette: Palette,
  context: KeyContext<C>,
): PaletteEntry<C> | null {
  const entries = paletteEntries(palette, context);
  return entries[Math.max(0, Math.min(palette.at, entries.length - 1))] ?? null;
}

/** The context in which the command would run: its own pane focused, on its own page, the palette closed. */
export function contextOf<C extends Command>(
  { scope, page }: Command,
  context: KeyContext<C>,
): KeyContext<C> {
  const focus = isPane(scope) ? scope : context.focus;
  return { ...context, dialog: null, focus, ...(page === undefined ? {} : { page }) };
}

type Scored<C extends Command> = { entry: PaletteEntry<C>; score: number };

function firstUsable(a: PaletteEntry, b: PaletteEntry): number {
  return Number(a.whyNot !== null) - Number(b.whyNot !== null);
}

/** One for each name: the same command of several panes is there once, and others are told apart by their pane. */
function entriesOf<C extends Command>(context: KeyContext<C>): readonly PaletteEntry<C>[] {
  const byId = new Map<string, PaletteEntry<C>>();
  for (const command of commandsOfPanes(context)) {
    const entry = entryOf(command, context);
    const other = byId.get(command.id);
    if (other === undefined || (other.whyNot !== null && entry.whyNot === null)) {
      byId.set(command.id, entry);
    }
  }
  const entries = [...byId.values()];
  const labels = entries.map(({ label }) => label);
  return entries.map((entry) => {
    const isOnly = labels.indexOf(entry.label) === labels.lastIndexOf(entry.label);
    return isOnly ? entry : { ...entry, label: `${entry.label} (${entry.command.scope})` };
  });
}

function commandsOfPanes<C extends Command>({ commands }: KeyContext<C>): readonly C[] {
  return commands.filter((command) => isInPanes(command) && command.id !== 'palette');
}

function entryOf<C extends Command>(command: C, context: KeyContext<C>): PaletteEntry<C> {
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
