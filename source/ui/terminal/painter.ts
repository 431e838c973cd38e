// Computes the fewest bytes that turn one screen buffer into the next. Pure. Only cells that differ are written, each
// piece at an absolute position, so that an error elsewhere cannot shift it.

import { cellsOf, type Cells } from './cells.ts';
import { createPen, type Pen } from './pen.ts';
import { isSameRow, type Row } from '../rows/row.ts';
import type { Theme } from '../look/theme.ts';

/** A screen buffer: rows, and the cells computed from them. */
export type ScreenBuffer = {
  readonly theme: Theme;
  readonly rows: readonly Row[];
  readonly cells: readonly Cells[];
};

/** Reuses the cells of rows that `before` already has. */
export function bufferOf(
  rows: readonly Row[],
  theme: Theme,
  before: ScreenBuffer | null,
): ScreenBuffer {
  const known = before?.theme === theme ? before : null;
  const cells = rows.map((row, y) => {
    const old = known?.rows[y];
    const kept = old !== undefined && isSameRow(old, row) ? known?.cells[y] : undefined;
    return kept ?? cellsOf(row, theme);
  });
  return { theme, rows, cells };
}

/**
 * Both buffers are as high and as wide as the screen. If `before` is null, the content of the screen is unknown and
 * every cell is written. Starts in the plain look; may end in any look, with the cursor anywhere. Empty: no change.
 */
export function paint(before: ScreenBuffer | null, after: ScreenBuffer): string {
  const pen = createPen();
  // Not entries(), which allocates a pair per row: in an animation frame nearly all rows are unchanged.
  after.cells.forEach((row, y) => {
    const old = before?.cells[y];
    if (old?.width !== row.width) pen.write(row, { y, from: 0, to: row.width });
    else if (old !== row) paintRow(pen, y, { before: old, after: row });
  });
  return pen.bytes();
}

/** Up to this many unchanged cells are written again instead of skipped: moving the cursor takes four bytes or more. */
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
    // The end of a cluster of doubtful width is unknown, so everything after it is written again.
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
