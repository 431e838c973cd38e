// The log of one task: the window on its entries. Only what is in sight is ever made into rows.
//
//    12:03:58  $ npm test                               ✓  4.1 s
//              ⎿ 42 passed, 0 failed
//   ▸12:04:01  ✎ src/todo.ts  src/todo.test.ts
//
// A pane that follows shows the end. One that was scrolled back hangs on an entry, not on a number of lines, so
// that nothing that comes, opens or is cut off elsewhere moves what one reads.

import type { Entry } from '../../core/entry.ts';
import { glyphs } from '../glyphs.ts';
import { entryRows, timedRow } from './entry-rows.ts';
import { dim, filled, run, sliceRow, type Row, type StyleRun } from './row.ts';
import { sessionEnd } from './session-lines.ts';

export type LogScroll =
  | { readonly follow: true }
  | {
      readonly follow: false;
      /** The entry at the top, and which of its rows comes first. */
      readonly key: string;
      readonly line: number;
      /** Where that entry stands in the log: should it go, the one behind it takes its place. */
      readonly offset: number;
      /** The entry under the mark: the one that opens. */
      readonly cursor: string;
      /** Offset of the last entry when following ended; what came after it is new. */
      readonly newest: number;
    };

/** How one looks at the log of one task. */
export type LogView = { readonly scroll: LogScroll; readonly opened: ReadonlySet<string> };

export const followingLog: LogView = { scroll: { follow: true }, opened: new Set() };

export type LogPane = LogView & {
  readonly entries: readonly Entry[];
  /** True while a session is under way: what it has not finished is moving. */
  readonly isLive: boolean;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly tick: number;
};

/** A row of the log: which entry, which of its rows. */
export type LogPlace = { readonly index: number; readonly line: number };

export function logRows(pane: LogPane): Row[] {
  const { entries, scroll, width, height } = pane;
  const rows: Row[] = [];
  const top = topPlace(pane);
  for (let index = top.index; index < entries.length && rows.length < height; index++) {
    const own = rowsAt(pane, index);
    const from = index === top.index ? top.line : 0;
    const isMarked = !scroll.follow && entries[index]?.key === scroll.cursor;
    rows.push(...(isMarked && from === 0 ? markedRows(own, width) : own.slice(from)));
  }
  return filled(rows, pane);
}

/** For the hairline below: whether one sees the newest, and how much came since one stopped following. */
export function logMark({ entries, scroll, isLive }: LogPane): StyleRun[] {
  if (scroll.follow) return isLive ? [run('following', dim)] : [];
  const count = entries.length - 1 - entries.findLastIndex(({ offset }) => offset <= scroll.newest);
  return count === 0
    ? [run('scrolled back', dim)]
    : [run(`${count} new below`, { color: 'accent' })];
}

/** What stands in the first row: never so far down that the window would show less than it could. */
export function topPlace(pane: LogPane): LogPlace {
  const last = lastTopPlace(pane);
  const { entries, scroll } = pane;
  if (scroll.follow) return last;
  const index = entries.findLastIndex(({ key }) => key === scroll.key);
  if (index === -1) return last;
  const place = { index, line: Math.min(scroll.line, rowsAt(pane, index).length - 1) };
  return isAbove(place, last) ? place : last;
}

/** The top from which the end of the log stands in the last row. */
export function lastTopPlace(pane: LogPane): LogPlace {
  let left = pane.height;
  for (let index = pane.entries.length - 1; index >= 0; index--) {
    const height = rowsAt(pane, index).length;
    if (height >= left) return { index, line: height - left };
    left -= height;
  }
  return { index: 0, line: 0 };
}

/** The rows of an entry, and behind the last one of a session that is over, how it ended. */
export function rowsAt(pane: LogPane, index: number): readonly Row[] {
  const { entries, width, now, tick, opened, isLive } = pane;
  const entry = entries[index];
  if (entry === undefined) return [];
  const rows = entryRows(entry, {
    width,
    now,
    tick,
    isOpened: opened.has(entry.key),
    isLive,
  });
  const next = entries[index + 1];
  if (next !== undefined && next.body.kind !== 'session') return rows;
  const ending = endingOfSession(entries, { index, width });
  return ending === null ? rows : [...rows, ending];
}

export function isAbove(a: LogPlace, b: LogPlace): boolean {
  return a.index < b.index || (a.index === b.index && a.line < b.line);
}

function endingOfSession(
  entries: readonly Entry[],
  { index, width }: { index: number; width: number },
): Row | null {
  for (let at = index; at >= 0; at--) {
    const entry = entries[at];
    if (entry?.body.kind !== 'session') continue;
    const words = sessionEnd(entry.body, entry.startedAt);
    const endedAt = entry.body.ended?.at ?? null;
    return words.length === 0 ? null : timedRow(endedAt, { left: words }, width);
  }
  return null;
}

function markedRows(rows: readonly Row[], width: number): readonly Row[] {
  const [first, ...others] = rows;
  if (first === undefined) return rows;
  const mark = run(glyphs.selected, { color: 'accent', bold: true });
  return [[mark, ...sliceRow(first, 1, width)], ...others];
}
