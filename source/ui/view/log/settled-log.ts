// Normalises the view of a log against its current entries: the entry at the top may have gone, the entry we are going
// to may have been read, and a match may be in the folded part of an entry. Idempotent.

import { isFiltered, isSameFilter } from '../../../core/log/filter.ts';
import { withFirstMatch } from './actions.ts';
import { extentOf, following, isSought, markIndex, scrolledTo, shifted } from './place.ts';
import { logViewOf, type LogScroll, type LogView } from './view.ts';
import { firstIndexOf } from '../../rows/lazy-list.ts';
import { indexOfLine } from '../../rows/log/entry-at-line.ts';
import { textStart } from '../../rows/log/entry-rows.ts';
import { lastTopPosition, rowsAt, type LogPane } from '../../rows/log/log-rows.ts';
import { matchesIn } from '../../rows/match-rows.ts';

/** The normalised view of the log, with the first match of a search as soon as it is found. */
export function settledLog(pane: LogPane): LogView {
  const found = withFirstMatch(pane);
  const settled = settledPosition(found === null ? pane : { ...pane, ...found });
  const view = logViewOf(found === null ? pane : { ...pane, ...found });
  return { ...view, ...settled };
}

/** The same place while its entry is there, otherwise the place where that entry was. */
export function settledPosition(pane: LogPane): Pick<LogView, 'scroll' | 'peeked'> {
  const { peeked } = pane;
  const scroll = isSought(pane) ? foundScroll(pane) : settledScroll(pane);
  if (scroll.follow || scroll.seeks === undefined) return { scroll, peeked };
  return matchInSight({ ...pane, scroll });
}

/** The same scroll while its entry is there, otherwise the place where that entry was. */
export function settledScroll(pane: LogPane): LogScroll {
  const { entries, scroll } = pane;
  if (scroll.follow || isOutdated(pane)) return scroll;
  // From the end: the user is usually near the newest entries.
  const isThere = (wanted: string) => entries.findLastIndex(({ key }) => key === wanted) !== -1;
  if (!isThere(scroll.key)) {
    // A retry that worked leaves the log, and so do the oldest entries of a long one.
    const next = entries.find(({ offset }) => offset >= scroll.offset);
    if (!isHeld(pane, scroll.offset)) return scroll;
    if (next === undefined) {
      return isFiltered(pane.filter) && entries.length > 0 ? lastEntryOf(pane) : following;
    }
    return { ...scroll, key: next.key, line: 0, offset: next.offset, cursor: next.key };
  }
  return isThere(scroll.cursor) ? scroll : { ...scroll, cursor: scroll.key };
}

function lastEntryOf(pane: LogPane): LogScroll {
  const top = lastTopPosition(pane);
  return scrolledTo(pane, top, pane.entries.length - 1);
}

function foundScroll(pane: LogPane): LogScroll {
  const { entries, scroll } = pane;
  if (scroll.follow || isOutdated(pane)) return scroll;
  const { offset } = scroll;
  if (!isHeld(pane, offset)) return scroll;
  const around = indexOfLine(entries, offset);
  const next = entries.findIndex((entry) => entry.offset >= offset);
  const index = around === -1 ? next : around;
  if (index === -1) return entries.length === 0 ? scroll : following;
  const top = offset === 0 ? 0 : Math.floor(pane.height / 3);
  return {
    ...scrolledTo(pane, shifted(pane, { index, line: 0 }, -top), index),
    ...(scroll.seeks === undefined ? {} : { seeks: scroll.seeks }),
  };
}

/** Scrolls to the row with the match; opens the entry if the match is in its folded part. */
function matchInSight(pane: LogPane): Pick<LogView, 'scroll' | 'peeked'> {
  const { search, scroll, peeked, entries } = pane;
  if (scroll.follow || search === null) return { scroll, peeked };
  const { seeks: _, ...still } = scroll;
  const index = markIndex(pane);
  const key = entries[index]?.key ?? null;
  const from = textStart(pane.width);
  const line = firstIndexOf(
    rowsAt(pane, index),
    (row) => matchesIn(row, search.matcher, from).length > 0,
  );
  if (line === -1) return peeked === key ? { scroll, peeked } : { scroll, peeked: key };
  const top = shifted(pane, { index, line }, -Math.floor(pane.height / 3));
  const first = entries[top.index];
  if (first === undefined) return { scroll: still, peeked };
  const place = { key: first.key, line: top.line, offset: first.offset };
  return { scroll: { ...still, ...place }, peeked };
}

/** True if the entries were picked by another filter: then a missing entry means nothing. */
function isOutdated({ filter, pickedBy }: LogPane): boolean {
  return pickedBy !== undefined && !isSameFilter(filter, pickedBy);
}

/** True if `offset` is within the part of the log that was read, so that we know whether it has an entry. */
function isHeld(pane: LogPane, offset: number): boolean {
  const { from, to, atStart, atEnd } = extentOf(pane);
  return (offset >= from || atStart) && (offset < to || atEnd);
}
