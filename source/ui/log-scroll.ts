// Moving through a log: the mark goes from entry to entry, the window follows it, and an entry taller than the
// window is walked through row by row. Whoever comes to the end follows again.

import { isAbove, lastTopPlace, rowsAt, topPlace } from './rows/log-rows.ts';
import { isFiltered, isSameFilter } from '../core/log-filter.ts';
import { wholeLog } from '../core/log-picture.ts';
import { firstIndexOf } from './rows/lazy-list.ts';
import { rowText } from './rows/row.ts';
import type { LogPane, LogPlace } from './rows/log-rows.ts';
import type { LogScroll, LogView } from './log-view.ts';
import type { Move } from './move.ts';

const following: LogScroll = { follow: true };

export function movedLog(pane: LogPane, move: Move): LogScroll {
  if (pane.entries.length === 0) return following;
  // What is sought is still being read; where it is known already one can turn around.
  if (isSought(pane) && move !== 'first' && move !== 'last') return pane.scroll;
  switch (move) {
    case 'up':
      return movedUp(pane);
    case 'down':
      return movedDown(pane);
    case 'page-up': {
      const top = shifted(pane, topPlace(pane), 1 - pane.height);
      return at(pane, top, top.index);
    }
    case 'page-down': {
      if (pane.scroll.follow) return following;
      const top = shifted(pane, topPlace(pane), Math.max(1, pane.height - 1));
      const last = lastTopPlace(pane);
      if (isAbove(top, last)) return at(pane, top, top.index);
      return isAtEnd(pane) ? following : at(pane, last, last.index);
    }
    case 'first':
      return extentOf(pane).atStart ? at(pane, { index: 0, line: 0 }, 0) : soughtAt(pane, 0);
    case 'last':
      return following;
    default:
      return move satisfies never;
  }
}

/** The entry that opens: the one under the mark, or the last one while the pane follows. */
export function entryUnderMark({ entries, scroll }: LogPane): string | null {
  return scroll.follow ? (entries.at(-1)?.key ?? null) : scroll.cursor;
}

/** The place where the entry stands that the line at `offset` belongs to, as soon as it is read. */
export function soughtAt(pane: LogPane, offset: number): LogScroll {
  const { entries, scroll } = pane;
  const newest = scroll.follow ? (entries.at(-1)?.offset ?? 0) : scroll.newest;
  return { follow: false, key: '', line: 0, offset, cursor: '', newest };
}

/** The same place as long as what it hangs on is there, else where that was. */
export function settledPlace(pane: LogPane): Pick<LogView, 'scroll' | 'peeked'> {
  const { peeked } = pane;
  const scroll = isSought(pane) ? foundScroll(pane) : settledScroll(pane);
  if (scroll.follow || scroll.seeks === undefined) return { scroll, peeked };
  return matchInSight({ ...pane, scroll });
}

function isSought({ scroll }: LogPane): boolean {
  return !scroll.follow && scroll.key === '';
}

/** The entries were picked by another filter: whether something is among them says nothing. */
function isOutdated({ filter, pickedBy }: LogPane): boolean {
  return pickedBy !== undefined && !isSameFilter(filter, pickedBy);
}

function foundScroll(pane: LogPane): LogScroll {
  const { entries, scroll } = pane;
  if (scroll.follow || isOutdated(pane)) return scroll;
  const { from, to, atStart, atEnd } = extentOf(pane);
  const { offset } = scroll;
  if ((offset < from && !atStart) || (offset >= to && !atEnd)) return scroll;
  const around = entries.findLastIndex(
    (entry) => entry.offset <= offset && entry.lastOffset >= offset,
  );
  const next = entries.findIndex((entry) => entry.offset >= offset);
  const index = around === -1 ? next : around;
  if (index === -1) return entries.length === 0 ? scroll : following;
  const top = offset === 0 ? 0 : Math.floor(pane.height / 3);
  return {
    ...at(pane, shifted(pane, { index, line: 0 }, -top), index),
    ...(scroll.seeks === undefined ? {} : { seeks: scroll.seeks }),
  };
}

/** Shows the row with the match; an entry that hides it is opened for its sake. */
function matchInSight(pane: LogPane): Pick<LogView, 'scroll' | 'peeked'> {
  const { search, scroll, peeked, entries } = pane;
  if (scroll.follow || search === null) return { scroll, peeked };
  const { seeks: _, ...still } = scroll;
  const index = markIndex(pane);
  const key = entries[index]?.key ?? null;
  const line = firstIndexOf(rowsAt(pane, index), (row) => search.matcher.isIn(rowText(row)));
  if (line === -1) return peeked === key ? { scroll, peeked } : { scroll, peeked: key };
  const top = shifted(pane, { index, line }, -Math.floor(pane.height / 3));
  const first = entries[top.index];
  if (first === undefined) return { scroll: still, peeked };
  const place = { key: first.key, line: top.line, offset: first.offset };
  return { scroll: { ...still, ...place }, peeked };
}

function extentOf({ extent }: LogPane) {
  return extent ?? wholeLog;
}

function isAtEnd(pane: LogPane): boolean {
  return extentOf(pane).atEnd;
}

/** The same scroll as long as what it hangs on is there, else the place where that was. */
export function settledScroll(pane: LogPane): LogScroll {
  const { entries, scroll } = pane;
  if (scroll.follow || isOutdated(pane)) return scroll;
  // Searched from the end: one reads rather what is new.
  const isThere = (wanted: string) => entries.findLastIndex(({ key }) => key === wanted) !== -1;
  if (!isThere(scroll.key)) {
    // A retry that worked leaves the log, and so do the oldest entries of a long one.
    const next = entries.find(({ offset }) => offset >= scroll.offset);
    const { from, to, atStart, atEnd } = extentOf(pane);
    const isHeld = (scroll.offset >= from || atStart) && (scroll.offset < to || atEnd);
    if (!isHeld) return scroll;
    if (next === undefined) {
      return isFiltered(pane.filter) && entries.length > 0 ? lastEntryOf(pane) : following;
    }
    return { ...scroll, key: next.key, line: 0, offset: next.offset, cursor: next.key };
  }
  return isThere(scroll.cursor) ? scroll : { ...scroll, cursor: scroll.key };
}

function lastEntryOf(pane: LogPane): LogScroll {
  const top = lastTopPlace(pane);
  return at(pane, top, pane.entries.length - 1);
}

function movedUp(pane: LogPane): LogScroll {
  const top = topPlace(pane);
  const mark = markIndex(pane);
  if (mark === top.index && top.line > 0) {
    return at(pane, { index: top.index, line: top.line - 1 }, mark);
  }
  return inSight(pane, Math.max(0, mark - 1));
}

function movedDown(pane: LogPane): LogScroll {
  if (pane.scroll.follow) return following;
  const mark = markIndex(pane);
  const bottom = shifted(pane, topPlace(pane), pane.height - 1);
  const isSeenWhole = !isAbove(bottom, { index: mark, line: rowsAt(pane, mark).length - 1 });
  if (!isSeenWhole) return at(pane, shifted(pane, topPlace(pane), 1), mark);
  const next = mark + 1;
  if (next >= pane.entries.length) return isAtEnd(pane) ? following : pane.scroll;
  const moved = inSight(pane, next);
  // The last entry, seen to its end: there is nothing more to walk to.
  const isTheEnd = next === pane.entries.length - 1 && rowsAt(pane, next).length <= pane.height;
  return isTheEnd && isAtEnd(pane) ? following : moved;
}

/** With the mark on `index`, and the window moved no further than is needed to show that entry. */
function inSight(pane: LogPane, index: number): LogScroll {
  const top = topPlace(pane);
  const start = { index, line: 0 };
  if (!isAbove(top, start)) {
    // Coming from below, a tall entry is entered at its end.
    const height = rowsAt(pane, index).length;
    return at(pane, { index, line: Math.max(0, height - pane.height) }, index);
  }
  const end = { index, line: rowsAt(pane, index).length - 1 };
  const topForEnd = shifted(pane, end, 1 - pane.height);
  const needed = isAbove(start, topForEnd) ? start : topForEnd;
  return at(pane, isAbove(top, needed) ? needed : top, index);
}

function at(pane: LogPane, top: LogPlace, mark: number): LogScroll {
  const { entries, scroll } = pane;
  const first = entries[top.index];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) return following;
  return {
    follow: false,
    key: first.key,
    line: top.line,
    offset: first.offset,
    cursor: entries[mark]?.key ?? first.key,
    newest: scroll.follow ? last.offset : scroll.newest,
  };
}

function markIndex({ entries, scroll }: LogPane): number {
  if (scroll.follow) return entries.length - 1;
  return Math.max(
    0,
    entries.findLastIndex(({ key }) => key === scroll.cursor),
  );
}

/** `place` moved by `rows`, up to the first or the last row of the log. */
function shifted(pane: LogPane, place: LogPlace, rows: number): LogPlace {
  let { index, line } = place;
  line += rows;
  while (line < 0 && index > 0) {
    index--;
    line += rowsAt(pane, index).length;
  }
  while (index < pane.entries.length - 1 && line >= rowsAt(pane, index).length) {
    line -= rowsAt(pane, index).length;
    index++;
  }
  const last = Math.max(0, rowsAt(pane, index).length - 1);
  return { index, line: Math.max(0, Math.min(line, last)) };
}
