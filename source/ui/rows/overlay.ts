// A dialog over the screen: centred, the screen behind it dim.

import { dim, rowOf, run, runsWidth, sliceRow, type Row, type Size } from './row.ts';

export function withDialog(rows: readonly Row[], dialog: readonly Row[], size: Size): Row[] {
  const height = Math.min(dialog.length, size.height);
  const width = Math.min(size.width, runsWidth(dialog[0] ?? []));
  const top = Math.floor((size.height - height) / 2);
  const left = Math.floor((size.width - width) / 2);
  // A cell of air on both sides, so that no word seems to go on in the frame.
  const air = left > 0 ? 1 : 0;
  return rows.map((row, y) => {
    const behind = dimmed(row);
    const front = dialog[y - top];
    if (front === undefined || y - top >= height) return behind;
    return rowOf(size.width, [
      ...sliceRow(behind, 0, left - air),
      run(' '.repeat(air)),
      ...sliceRow(front, 0, width),
      run(' '.repeat(air)),
      ...sliceRow(behind, left + width + air, size.width),
    ]);
  });
}

/** Without its colours, too: what lies behind asks for nothing now. */
function dimmed(row: Row): Row {
  return row.map(({ text, style }) => ({
    text,
    style: style.turns ? { ...dim, turns: true } : dim,
  }));
}
