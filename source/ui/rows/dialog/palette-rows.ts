// The palette, as lines of a dialog:
//
//   ╭ All commands ─────────────────────────────────────────────╮
//   │ ┃ pau                                                     │
//   │ ▸ pause            Pause the task now; its conversati…  p │
//   │   continue         shop is already running              c │

import type { Dialog } from '../../dialog/dialog.ts';
import { glyphs } from '../../look/glyphs.ts';
import type { KeyContext } from '../../keys/command.ts';
import { keyLabel } from '../../keys/keys.ts';
import { paletteEntries, type PaletteEntry } from '../../keys/palette.ts';
import { cutEnd, padEnd, textWidth } from '../../look/text-width.ts';
import { fieldRows } from './field-rows.ts';
import { bold, dim, justified, plain, run, type StyleRun } from '../row.ts';

type PaletteParts = {
  readonly dialog: Extract<Dialog, { kind: 'palette' }>;
  readonly context: KeyContext;
  readonly width: number;
  readonly height: number;
};

const mostRows = 14;

/** Always the same height, so that the border does not move while the user types. */
export function paletteLines({ dialog, context, width, height }: PaletteParts): StyleRun[][] {
  const entries = paletteEntries(dialog, context);
  const all = paletteEntries({ ...dialog, field: { text: '', cursor: 0 } }, context);
  const rows = Math.max(1, Math.min(height - 1, all.length, mostRows));
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
  return [[run('┃ ', { color: 'accent' }), ...field], ...shown, ...blanks];
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
