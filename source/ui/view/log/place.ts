// Positions in a log of which only a window is in memory: where the mark is, where moving by some rows leads, and how
// a position is stored so that it survives entries that come, go or open around it.

import { wholeLog, type LogExtent } from '../../../core/log/snapshot.ts';
import type { LogScroll } from './view.ts';
import { rowsAt, type LogPane, type RowPosition } from '../../rows/log/log-rows.ts';

export const following: LogScroll = { follow: true };

/** The key of the entry that Enter opens: the one under the mark, or the last one while the pane follows. */
export function entryUnderMark({ entries, scroll }: LogPane): string | null {
  return scroll.follow ? (entries.at(-1)?.key ?? null) : scroll.cursor;
}

/** A scroll that goes to the entry that has the line at `offset`, as soon as it has been read. */
export function soughtAt(pane: LogPane, offset: number): LogScroll {
  const { entries, scroll } = pane;
  const newest = scroll.follow ? (entries.at(-1)?.offset ?? 0) : scroll.newest;
  return { follow: false, key: '', line: 0, offset, cursor: '', newest };
}

/** True while the entry at the offset has not been read yet. */
export function isSought({ scroll }: LogPane): boolean {
  return !scroll.follow && scroll.key === '';
}

/** The scroll with `top` in the first row and the mark on the entry with index `mark`. */
export function scrolledTo(pane: LogPane, top: RowPosition, mark: number): LogScroll {
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

/** The index of the entry under the mark; the last one while the pane follows. */
export function markIndex({ entries, scroll }: LogPane): number {
  if (scroll.follow) return entries.length - 1;
  return Math.max(
    0,
    entries.findLastIndex(({ key }) => key === scroll.cursor),
  );
}

/** `place` moved by `rows`, but not past the first or last row of the log. */
export function shifted(pane: LogPane, place: RowPosition, rows: number): RowPosition {
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

export function extentOf({ extent }: LogPane): LogExtent {
  return extent ?? wholeLog;
}

/** True if the entries in memory reach the end of the log. */
export function isAtEnd(pane: LogPane): boolean {
  return extentOf(pane).atEnd;
}
