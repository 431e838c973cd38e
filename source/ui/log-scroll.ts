// Moving through a log: the mark goes from entry to entry, the window follows it, and an entry taller than the
// window is walked through row by row. Whoever comes to the end follows again.

import { isAbove, lastTopPlace, rowsAt, topPlace } from './rows/log-rows.ts';
import type { LogPane, LogPlace, LogScroll } from './rows/log-rows.ts';
import type { Move } from './move.ts';

const following: LogScroll = { follow: true };

export function movedLog(pane: LogPane, move: Move): LogScroll {
  if (pane.entries.length === 0) return following;
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
      return isAbove(top, lastTopPlace(pane)) ? at(pane, top, top.index) : following;
    }
    case 'first':
      return at(pane, { index: 0, line: 0 }, 0);
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

/** The same scroll as long as what it hangs on is there, else the place where that was. */
export function settledScroll({ entries, scroll }: LogPane): LogScroll {
  if (scroll.follow) return scroll;
  // Searched from the end: one reads rather what is new.
  const isThere = (wanted: string) => entries.findLastIndex(({ key }) => key === wanted) !== -1;
  if (!isThere(scroll.key)) {
    // A retry that worked leaves the log, and so do the oldest entries of a long one.
    const next = entries.find(({ offset }) => offset >= scroll.offset);
    if (next === undefined) return following;
    return { ...scroll, key: next.key, line: 0, offset: next.offset, cursor: next.key };
  }
  return isThere(scroll.cursor) ? scroll : { ...scroll, cursor: scroll.key };
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
  if (next >= pane.entries.length) return following;
  const moved = inSight(pane, next);
  // The last entry, seen to its end: there is nothing more to walk to.
  const isTheEnd = next === pane.entries.length - 1 && rowsAt(pane, next).length <= pane.height;
  return isTheEnd ? following : moved;
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
