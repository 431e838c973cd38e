// Pictures before and after → the fewest bytes that turn one into the other. Pure. Only cells that look different
// are written, each piece at an absolute place, so that nothing that went wrong elsewhere moves it.

import { cellsOf, type Cells } from './cells.ts';
import { createPen, type Pen } from './pen.ts';
import { isSameRow, type Row } from '../rows/row.ts';
import type { Theme } from '../look/theme.ts';

/** Rows with what has been worked out of them. */
export type Picture = {
  readonly theme: Theme;
  readonly rows: readonly Row[];
  readonly cells: readonly Cells[];
};

/** What `before` has of the same rows is taken over. */
export function pictureOf(rows: readonly Row[], theme: Theme, before: Picture | null): Picture {
  const known = before?.theme === theme ? before : null;
  const cells = rows.map((row, y) => {
    const old = known?.rows[y];
    const kept = old !== undefined && isSameRow(old, row) ? known?.cells[y] : undefined;
    return kept ?? cellsOf(row, theme);
  });
  return { theme, rows, cells };
}

/**
 * Both pictures as high and as wide as the screen. `before` is null where nobody knows what is on it: then every
 * cell is written. Begins in the plain look, ends in any look with the cursor anywhere. Empty: nothing changed.
 */
export function paint(before: Picture | null, after: Picture): string {
  const pen = createPen();
  // Not by entries(), which would make a pair for each row that stays: a spinner's frame is little else.
  after.cells.forEach((row, y) => {
    const old = before?.cells[y];
    if (old?.width !== row.width) pen.write(row, { y, from: 0, to: row.width });
    else if (old !== row) paintRow(pen, y, { before: old, after: row });
  });
  return pen.bytes();
}

/** So many unchanged cells are written again rather than jumped over: a jump takes four bytes or more. */
const shortGap = 4;

type Change = { before: Cells; after: Cells };

function paintRow(pen: Pen, y: number, { before, after }: Change): void {
  const { width } = after;
  let from = nextDifference(0, before, after);
  while (from < width) {
    let to = from + 1;
    let next = nextDifference(to, before, after);
    while (next < width && next - to <= shortGap) {
      to = next + 1;
      next = nextDifference(to, before, after);
    }
    // How far a cluster of doubtful width reaches is not known, so that all behind it is written again.
    const reachesOn = after.doubtful?.slice(from, to).includes(true) === true;
    pen.write(after, { y, from, to: reachesOn ? width : to });
    from = reachesOn ? width : next;
  }
}

function nextDifference(from: number, before: Cells, after: Cells): number {
  const { codes, width } = after;
  let at = from;
  while (at < width && codes[at] === before.codes[at]) at++;
  return at;
}
