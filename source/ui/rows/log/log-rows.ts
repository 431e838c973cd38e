// The log of one task: the window on its entries. Only what is in sight is ever made into rows.
//
//    12:03:58  $ npm test                               ✓  4.1 s
//              ⎿ 42 passed, 0 failed
//   ▸12:04:01  ✎ src/todo.ts  src/todo.test.ts
//
// A pane that follows shows the end. One that was scrolled back hangs on an entry, not on a number of lines, so
// that nothing that comes, opens or is cut off elsewhere moves what one reads.

import type { Entry } from '../../../core/log/entry.ts';
import type { LogFilter } from '../../../core/log/filter.ts';
import { wholeLog, type LogExtent, type SearchResults } from '../../../core/log/snapshot.ts';
import { stepsBySession, type Tick } from '../../../core/checklist/step-times.ts';
import type { Sleep } from '../../../core/log/sleep.ts';
import { glyphs } from '../../look/glyphs.ts';
import type { LogView } from '../../view/log/view.ts';
import { entryRows, timedRow } from './entry-rows.ts';
import { joined, type List } from '../lazy-list.ts';
import { rowWithMatches } from '../match-rows.ts';
import { dim, filled, run, sliceRow, type Row, type StyleRun } from '../row.ts';
import { sessionEnd } from './session-lines.ts';
import { sleepRows } from './sleep-rows.ts';

export type LogPane = LogView & {
  readonly entries: readonly Entry[];
  /** Which piece of the log the entries are. Default: all of it. */
  readonly extent?: LogExtent;
  /** What they were picked by: for a moment after a change not what is wanted. Default: what is wanted. */
  readonly pickedBy?: LogFilter;
  /** The session under way where they begin. */
  readonly lead?: Entry | null;
  /** Entries behind the one at an offset, those included that are not held here. */
  readonly newerThan?: (offset: number) => number;
  /** Share of the log that was gone through so far; null: all of it. */
  readonly reading?: number | null;
  /** Sessions of all the log. */
  readonly landmarks?: readonly Entry[];
  readonly ticks?: readonly Tick[];
  readonly sleeps?: readonly Sleep[];
  readonly results?: SearchResults | null;
  /** Why it can't be read, one sentence. */
  readonly problem?: string | null;
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
    const seen = own.slice(from, from + height - rows.length);
    rows.push(...(isMarked && from === 0 ? markedRows(seen, width) : seen));
  }
  const { search } = pane;
  const shown = search === null ? rows : rows.map((row) => rowWithMatches(row, search.matcher));
  return filled(shown, pane);
}

/** For the hairline below: whether one sees the newest, and how much came since one stopped following. */
export function logMark(pane: LogPane): StyleRun[] {
  const parts = [...stateOfLog(pane), ...placeMark(pane)];
  return parts.flatMap((part, index) =>
    index === 0 ? [part] : [run(` ${glyphs.between} `, dim), part],
  );
}

function placeMark(pane: LogPane): StyleRun[] {
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

/** What is wrong with it, what is shown of it, what was found in it. */
function stateOfLog({ problem, reading, filter, search, results }: LogPane): StyleRun[] {
  const isSeeking = search !== null && results?.query === search.query;
  return [
    ...(problem == null ? [] : [run(problem, { color: 'failed' })]),
    ...(reading == null ? [] : [run(`reading ${Math.round(100 * reading)} %`, dim)]),
    ...(filter.kind === null ? [] : [run(`only ${filter.kind}`, { color: 'accent' })]),
    ...(filter.session === null ? [] : [run('this session', { color: 'accent' })]),
    ...(isSeeking ? [run(foundWords(results, search.at), { color: 'accent' })] : []),
  ];
}

function foundWords({ count, searching, rank, problem }: SearchResults, at: number | null): string {
  if (problem !== null) return problem;
  const more = searching === null ? '' : `, ${Math.round(100 * searching)} % searched`;
  if (count === 0) return searching === null ? 'no match' : `no match yet${more}`;
  const which = at === null ? null : rank(at);
  const matches = count === 1 ? 'match' : 'matches';
  return `${which === null ? '' : `${which} of `}${count} ${matches}${more}`;
}

/** What stands in the first row: never so far down that the window would show less than it could. */
export function topPlace(pane: LogPane): LogPlace {
  const last = lastTopPlace(pane);
  const { entries, scroll } = pane;
  if (scroll.follow) return last;
  const index = entries.findLastIndex(({ key }) => key === scroll.key);
  // What is sought is still being read: until then what comes nearest stays.
  if (index === -1) {
    const next =
      scroll.key === '' ? entries.findIndex(({ offset }) => offset >= scroll.offset) : -1;
    const sought = { index: next, line: 0 };
    return next !== -1 && isAbove(sought, last) ? sought : last;
  }
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

/** The rows of an entry; before them that the machine slept, behind the last one of a session how it ended. */
export function rowsAt(pane: LogPane, index: number): List<Row> {
  const { entries, width, now, tick, opened, raw, peeked, isLive } = pane;
  const entry = entries[index];
  if (entry === undefined) return [];
  const slept = sleepRows(pane, index);
  const own = entryRows(entry, {
    width,
    now,
    tick,
    isOpened: opened.has(entry.key) || raw.has(entry.key) || peeked === entry.key,
    isLive,
    ...(pane.wrap === 'off' ? { column: pane.column } : {}),
  });
  const rows = slept.length === 0 ? own : joined(slept, own);
  const next = entries[index + 1];
  const isLast = next === undefined && (pane.extent ?? wholeLog).atEnd;
  if (!isLast && next?.body.kind !== 'session') return rows;
  const ending = endingOfSession(pane, index);
  const behind = isLast ? sleepRows(pane, entries.length) : [];
  const more = [...(ending === null ? [] : [ending]), ...behind];
  return more.length === 0 ? rows : joined(rows, more);
}

export function isAbove(a: LogPlace, b: LogPlace): boolean {
  return a.index < b.index || (a.index === b.index && a.line < b.line);
}

function endingOfSession({ entries, lead, ticks = [], width }: LogPane, index: number): Row | null {
  for (let at = index; at >= -1; at--) {
    const entry = at === -1 ? lead : entries[at];
    if (entry?.body.kind !== 'session') continue;
    const ticked = stepsBySession(ticks).get(entry.body.session ?? 0) ?? 0;
    const words = sessionEnd(entry.body, entry.startedAt, ticked);
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
