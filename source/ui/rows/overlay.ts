// Lays a dialog over the screen: centred, with the screen behind it dim.

import { dim, rowOf, run, runsWidth, sliceRow, type Row, type Size } from './row.ts';

export function withDialog(rows: readonly Row[], dialog: readonly Row[], size: Size): Row[] {
  const height = Math.min(dialog.length, size.height);
  const width = Math.min(size.width, runsWidth(dialog[0] ?? []));
  const top = Math.floor((size.height - height) / 2);
  const left = Math.floor((size.width - width) / 2);
  // A blank cell on both sides, so that no word runs into the border.
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

/** Without colours, too: the screen behind a dialog should not draw attention. */
function dimmed(row: Row): Row {
  return row.map(({ text, style }) => ({
    text,
    style: style.turns ? { ...dim, turns: true } : dim,
  }));
}
