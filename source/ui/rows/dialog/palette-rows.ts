// The palette, as lines of a dialog:
//
//   ╭ All commands 1 of 2 ──────────────────────────────────────╮
//   │ ┃ pau                                                     │
//   │ ▸ pause            Pause the task now; its conversati…  p │
//   │   continue         shop is already running              c │
//   │                                                           │
//   │ Pause the task now; its conversation can be resumed.      │

import type { Dialog } from '../../dialog/dialog.ts';
import { glyphs } from '../../look/glyphs.ts';
import type { KeyContext } from '../../keys/command.ts';
import { keyLabel } from '../../keys/keys.ts';
import { paletteEntries, type PaletteEntry } from '../../keys/palette.ts';
import { cutEnd, padEnd, textWidth } from '../../look/text-width.ts';
import { wrapText } from '../../look/text-wrap.ts';
import { fieldRows } from './field-rows.ts';
import { bold, dim, justified, plain, run, type StyleRun } from '../row.ts';

type PaletteParts = {
  readonly dialog: Extract<Dialog, { kind: 'palette' }>;
  readonly context: KeyContext;
  readonly width: number;
  readonly height: number;
};

/** `All commands 3 of 47`: where the mark is. */
export function paletteTitle({
  dialog,
  context,
}: Pick<PaletteParts, 'dialog' | 'context'>): string {
  const count = paletteEntries(dialog, context).length;
  const at = Math.min(count, Math.max(0, dialog.at) + 1);
  return count === 0 ? 'All commands' : `All commands ${at} of ${count}`;
}

/** The whole sentence of the marked command, for which its row may have no room: an empty row, and two for words. */
const sentenceRows = 3;

/** Always the same height, so that the border does not move while the user types. */
export function paletteLines({ dialog, context, width, height }: PaletteParts): StyleRun[][] {
  const entries = paletteEntries(dialog, context);
  const all = paletteEntries({ ...dialog, field: { text: '', cursor: 0 } }, context);
  const below = height >= 10 ? sentenceRows : 0;
  const rows = Math.max(1, Math.min(height - 1 - below, all.length));
  const column = Math.max(...all.map(({ label }) => textWidth(label)));
  const at = Math.max(0, Math.min(dialog.at, entries.length - 1));
  const top = Math.max(0, Math.min(entries.length - rows, at - Math.floor(rows / 2)));
  const [field = []] = fieldRows(dialog.field, { width: width - 2, height: 1, isFocused: true });
  const lines = entries
    .slice(top, top + rows)
    .map((entry, index) =>
      entryLine(entry, { isMarked: top + index === at, column: Math.min(column, 20), width }),
    );
  const nothing = entries.length === 0 ? [[run('  No matching command.', dim)]] : [];
  const shown = [...lines, ...nothing];
  const blanks = Array.from({ length: Math.max(0, rows - shown.length) }, () => []);
  const marked = entries[at];
  const sentence = wrapText(marked?.whyNot ?? marked?.command.help ?? '', width).slice(0, 2);
  const words = [...sentence, '', ''].slice(0, 2).map((line) => [run(line)]);
  return [
    [run('┃ ', { color: 'accent' }), ...field],
    ...shown,
    ...blanks,
    ...(below === 0 ? [] : [[], ...words]),
  ];
}

type EntryColumn = { isMarked: boolean; column: number; width: number };

function entryLine(
  { command, label, whyNot }: PaletteEntry,
  { isMarked, column, width }: EntryColumn,
): StyleRun[] {
  const mark = isMarked ? run(`${glyphs.selected} `, { color: 'accent', bold: true }) : run('  ');
  const style = whyNot !== null ? dim : isMarked ? bold : plain;
  const keys = command.keys.map(keyLabel).join(' ');
  const room = width - 2 - column - 2 - textWidth(keys) - 2;
  const sentence = room < 10 ? '' : cutEnd(whyNot ?? command.help, room);
  return [
    ...justified(
      width,
      [mark, run(padEnd(cutEnd(label, column), column), style), run(`  ${sentence}`, dim)],
      [run(keys, whyNot === null ? bold : dim)],
    ),
  ];
}
