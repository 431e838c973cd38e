// One entry of the log as rows: a gutter for the mark, the time, the lines.
//
//   ▸12:04:09  $ rg -n "offset" src                                   ✓  0.1 s
//              └ src/todo.ts:31: const offset = Number(…)             +6 lines
//
// Rows are cached while the entry, its version and the width stay the same: a log pane is drawn ten times a second and
// nearly all of it is unchanged. Entries that move (a spinner, a clock) are never cached.

import type { Entry } from '../../../core/log/entry.ts';
import type { FilePlaces } from '../file-place.ts';
import type { EntryContext, EntryLine } from './entry-line.ts';
import { entryLines } from './entry-lines.ts';
import { clock, clockWithSeconds } from '../../../core/text/numbers.ts';
import { mapped, type List } from '../lazy-list.ts';
import { glyphs } from '../../look/glyphs.ts';
import { dim, justified, rowOf, run, sliceRow, type Row, type StyleRun } from '../row.ts';

type CachedRows = {
  version: number;
  width: number;
  isOpened: boolean;
  isLive: boolean;
  column: number | undefined;
  rows: List<Row>;
} & FilePlaces;

const kept = new WeakMap<Entry, CachedRows>();

export function entryRows(entry: Entry, context: EntryContext): List<Row> {
  const before = kept.get(entry);
  if (
    before?.version === entry.version &&
    before.width === context.width &&
    before.isOpened === context.isOpened &&
    before.isLive === context.isLive &&
    before.column === context.column &&
    before.project === context.project &&
    before.workplace === context.workplace
  ) {
    return before.rows;
  }
  const { width, isOpened, isLive, column, project, workplace } = context;
  const rows = rowsFrom(entry, context);
  if (!isMoving(entry, context)) {
    const places = { project, workplace };
    kept.set(entry, { version: entry.version, width, isOpened, isLive, column, ...places, rows });
  }
  return rows;
}

/** An additional row with its own time. */
export function timedRow(at: number | null, { left, right = [] }: EntryLine, width: number): Row {
  const column = timeColumn(width);
  const text = justified(textWidthOf(width), left, right);
  return rowOf(width, [run(' '), ...timeRuns(at, column), ...text]);
}

function rowsFrom(entry: Entry, context: EntryContext): List<Row> {
  const { width } = context;
  const lines = linesFrom(entry, context);
  // An entry without text still gets a row, so that the mark can pass over it.
  if (lines.length === 0) return [timedRow(entry.startedAt, { left: [] }, width)];
  return mapped(lines, (line, index) =>
    index === 0
      ? timedRow(entry.startedAt, line, width)
      : rowOf(width, [
          run(' '.repeat(textStart(width))),
          ...justified(textWidthOf(width), line.left, line.right ?? []),
        ]),
  );
}

function linesFrom(entry: Entry, context: EntryContext): List<EntryLine> {
  const { width, column } = context;
  const room = textWidthOf(width);
  if (column === undefined) return entryLines(entry, { ...context, width: room });
  const unwrapped = entryLines(entry, { ...context, width: unwrappedWidth });
  return mapped(unwrapped, ({ left, right }) => ({
    left: sliceRow(left, column, column + room),
    ...(right === undefined ? {} : { right }),
  }));
}

/** The most cells of a line that is not wrapped; the rest is out of reach. */
const unwrappedWidth = 4000;

function isMoving({ body }: Entry, { isLive }: EntryContext): boolean {
  return isLive && 'status' in body && body.status === 'in progress';
}

/** The cells for the text: without the gutter, the time, and one blank cell at the right edge. */
function textWidthOf(width: number): number {
  return Math.max(1, width - 2 - timeColumn(width));
}

/** The cells before the text: the gutter and the time. */
export function textStart(width: number): number {
  return 1 + timeColumn(width);
}

/** The cells of the time with its gap; 0 in a narrow pane, where the text needs the space more. */
function timeColumn(width: number): 0 | 7 | 10 {
  return width >= 56 ? 10 : width >= 44 ? 7 : 0;
}

function timeRuns(at: number | null, column: 0 | 7 | 10): StyleRun[] {
  if (column === 0) return [];
  const time = at === null ? glyphs.unknownTime : column === 10 ? clockWithSeconds(at) : clock(at);
  return [run(time.padStart(column - 2) + '  ', dim)];
}
