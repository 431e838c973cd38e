// The log of one task: a window on its entries. Only visible entries are made into rows.
//
//    12:03:58  $ npm test                               ✓  4.1 s
//              └ 42 passed, 0 failed
//   ▸12:04:01  ✎ src/todo.ts  src/todo.test.ts
//
// A pane that follows shows the end. A pane that is scrolled back keeps an entry, not a line number, so that entries
// that come, open or are dropped elsewhere do not move the text that the user reads.

import type { Entry } from '../../../core/log/entry.ts';
import type { LogFilter } from '../../../core/log/filter.ts';
import { wholeLog, type LogExtent, type SearchResults } from '../../../core/log/snapshot.ts';
import type { StepTime } from '../../../core/checklist/step-times.ts';
import type { Sleep } from '../../../core/log/sleep.ts';
import { glyphs } from '../../look/glyphs.ts';
import type { LogView } from '../../view/log/view.ts';
import { indexOfLine } from './entry-at-line.ts';
import { entryRows, textStart } from './entry-rows.ts';
import type { FilePlaces } from '../file-place.ts';
import { joined, type List } from '../lazy-list.ts';
import { rowsWithMatches } from '../match-rows.ts';
import { dim, filled, run, sliceRow, type Row, type StyleRun } from '../row.ts';
import { endingOfSession, isBehindSession } from './session-ending.ts';
import { sleepRows } from './sleep-rows.ts';

export type LogPane = LogView & {
  readonly entries: readonly Entry[];
  /** Which part of the log the entries are. Default: all of it. */
  readonly extent?: LogExtent;
  /** The filter that picked the entries: just after a change, still the old one. Default: the current filter. */
  readonly pickedBy?: LogFilter;
  /** The session under way where the entries begin. */
  readonly lead?: Entry | null;
  /** The number of entries after the one at an offset, including those not in `entries`. */
  readonly newerThan?: (offset: number) => number;
  /** The share of the log that has been read so far; null: all of it. */
  readonly reading?: number | null;
  /** The sessions of the whole log. */
  readonly landmarks?: readonly Entry[];
  readonly ticks?: readonly StepTime[];
  readonly sleeps?: readonly Sleep[];
  readonly results?: SearchResults | null;
  /** One sentence that says why the log cannot be read. */
  readonly problem?: string | null;
  /** True while a session is under way: its unfinished entries have spinners and clocks. */
  readonly isLive: boolean;
  readonly width: number;
  readonly height: number;
  readonly now: number;
  readonly animationFrame: number;
} & FilePlaces;

/** The position of a row in the log: an entry, and one of its rows. */
export type RowPosition = { readonly index: number; readonly line: number };

export function logRows(pane: LogPane): Row[] {
  const { entries, scroll, search, width, height } = pane;
  const rows: Row[] = [];
  const top = topPosition(pane);
  const current = search?.at == null ? -1 : indexOfLine(entries, search.at);
  for (let index = top.index; index < entries.length && rows.length < height; index++) {
    const own = rowsAt(pane, index);
    const from = index === top.index ? top.line : 0;
    const isMarked = !scroll.follow && entries[index]?.key === scroll.cursor;
    const seen = own.slice(from, from + height - rows.length);
    const drawn =
      search === null
        ? seen
        : rowsWithMatches(seen, {
            matcher: search.matcher,
            from: textStart(width),
            ...(index === current ? { first: 'current match' } : {}),
          });
    rows.push(...(isMarked && from === 0 ? markedRows(drawn, width) : drawn));
  }
  return filled(rows, pane);
}

/** The mark in the hairline below: whether the newest entry is visible, or how many came since following ended. */
export function logMark(pane: LogPane): StyleRun[] {
  const parts = [...stateOfLog(pane), ...positionMark(pane)];
  return parts.flatMap((part, index) =>
    index === 0 ? [part] : [run(` ${glyphs.between} `, dim), part],
  );
}

function positionMark(pane: LogPane): StyleRun[] {
  const { entries, scroll, isLive } = pane;
  if (scroll.follow) return isLive ? [run('following', dim)] : [];
  const newer =
    pane.newerThan ??
    ((last: number) => entries.length - 1 - entries.findLastIndex(({ offset }) => offset <= last));
  const count = newer(scroll.newest);
  return count === 0
    ? [run('scrolled back', dim)]
    : [run(`${count} new below`, { color: 'accent' })];
}

/** The problem, how much has been read, the filter and the search results. */
function stateOfLog({ problem, reading, filter, search, results }: LogPane): StyleRun[] {
  const isSeeking = search !== null && results?.query === search.query;
  return [
    ...(problem == null ? [] : [run(problem, { color: 'failed' })]),
    ...(reading == null ? [] : [run(`reading ${Math.round(100 * reading)}%`, dim)]),
    ...(filter.kind === null ? [] : [run(`only ${filter.kind}`, { color: 'accent' })]),
    ...(filter.session === null ? [] : [run('only this session', { color: 'accent' })]),
    ...(isSeeking ? [run(foundWords(results, search.at), { color: 'accent' })] : []),
    ...(isSeeking && search.wrapped !== undefined
      ? [run(`wrapped ${search.wrapped}`, { color: 'waiting' })]
      : []),
  ];
}

function foundWords({ count, searching, rank, problem }: SearchResults, at: number | null): string {
  if (problem !== null) return problem;
  const more = searching === null ? '' : `, ${Math.round(100 * searching)}% searched`;
  if (count === 0) return searching === null ? 'no match' : `no match yet${more}`;
  const which = at === null ? null : rank(at);
  const matches = count === 1 ? 'match' : 'matches';
  return `${which === null ? '' : `${which} of `}${count} ${matches}${more}`;
}

/** The position in the first row: never so far down that the window has blank rows it could fill. */
export function topPosition(pane: LogPane): RowPosition {
  const last = lastTopPosition(pane);
  const { entries, scroll } = pane;
  if (scroll.follow) return last;
  const index = entries.findLastIndex(({ key }) => key === scroll.key);
  // The entry we are going to is still being read: until then, show the nearest one.
  if (index === -1) {
    const next =
      scroll.key === '' ? entries.findIndex(({ offset }) => offset >= scroll.offset) : -1;
    const sought = { index: next, line: 0 };
    return next !== -1 && isAbove(sought, last) ? sought : last;
  }
  const place = { index, line: Math.min(scroll.line, rowsAt(pane, index).length - 1) };
  return isAbove(place, last) ? place : last;
}

/** The first row of the window when the end of the log is in its last row. */
export function lastTopPosition(pane: LogPane): RowPosition {
  let left = pane.height;
  for (let index = pane.entries.length - 1; index >= 0; index--) {
    const height = rowsAt(pane, index).length;
    if (height >= left) return { index, line: height - left };
    left -= height;
  }
  return { index: 0, line: 0 };
}

/** The rows of an entry, after a row for each sleep of the machine; the last entry of a session also has its end. */
export function rowsAt(pane: LogPane, index: number): List<Row> {
  const { entries, width, now, animationFrame, opened, raw, peeked, isLive } = pane;
  const { project, workplace } = pane;
  const entry = entries[index];
  if (entry === undefined) return [];
  const slept = sleepRows(pane, index);
  const own = entryRows(entry, {
    width,
    now,
    animationFrame,
    isOpened: opened.has(entry.key) || raw.has(entry.key) || peeked === entry.key,
    isLive,
    project,
    workplace,
    ...(pane.wrap === 'off' ? { column: pane.column } : {}),
  });
  const rows = slept.length === 0 ? own : joined(slept, own);
  const next = entries[index + 1];
  const isLast = next === undefined && (pane.extent ?? wholeLog).atEnd;
  const isNextBehind = next !== undefined && isBehindSession(pane, index + 1);
  if (!isLast && next?.body.kind !== 'session' && !isNextBehind) return rows;
  const ending = isBehindSession(pane, index) ? null : endingOfSession(pane, index);
  const behind = isLast ? sleepRows(pane, entries.length) : [];
  const more = [...(ending === null ? [] : [ending]), ...behind];
  return more.length === 0 ? rows : joined(rows, more);
}

export function isAbove(a: RowPosition, b: RowPosition): boolean {
  return a.index < b.index || (a.index === b.index && a.line < b.line);
}

function markedRows(rows: readonly Row[], width: number): readonly Row[] {
  const [first, ...others] = rows;
  if (first === undefined) return rows;
  const mark = run(glyphs.selected, { color: 'accent', bold: true });
  return [[mark, ...sliceRow(first, 1, width)], ...others];
}
