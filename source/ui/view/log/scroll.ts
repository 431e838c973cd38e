// Moves through a log: the mark goes from entry to entry, the window follows it, and an entry taller than the window
// scrolls row by row. At the end, the pane follows again.

import {
  extentOf,
  following,
  isAtEnd,
  isSought,
  markIndex,
  scrolledTo,
  shifted,
  soughtAt,
} from './place.ts';
import type { LogScroll } from './view.ts';
import type { Move } from '../move.ts';
import {
  isAbove,
  lastTopPosition,
  rowsAt,
  topPosition,
  type LogPane,
} from '../../rows/log/log-rows.ts';

export function movedLog(pane: LogPane, move: Move): LogScroll {
  if (pane.entries.length === 0) return following;
  // The entry we are going to is still being read. Only the first and last positions are known without it.
  if (isSought(pane) && move !== 'first' && move !== 'last') return pane.scroll;
  switch (move) {
    case 'up':
      return movedUp(pane);
    case 'down':
      return movedDown(pane);
    case 'page-up': {
      const top = shifted(pane, topPosition(pane), 1 - pane.height);
      return scrolledTo(pane, top, top.index);
    }
    case 'page-down': {
      if (pane.scroll.follow) return following;
      const top = shifted(pane, topPosition(pane), Math.max(1, pane.height - 1));
      const last = lastTopPosition(pane);
      if (isAbove(top, last)) return scrolledTo(pane, top, top.index);
      if (isAtEnd(pane)) return following;
      return isAbove(topPosition(pane), last)
        ? scrolledTo(pane, last, last.index)
        : atLastHeld(pane);
    }
    case 'first':
      return extentOf(pane).atStart
        ? scrolledTo(pane, { index: 0, line: 0 }, 0)
        : soughtAt(pane, 0);
    case 'last':
      return following;
    default:
      return move satisfies never;
  }
}

function movedUp(pane: LogPane): LogScroll {
  const top = topPosition(pane);
  const mark = markIndex(pane);
  if (mark === top.index && top.line > 0) {
    return scrolledTo(pane, { index: top.index, line: top.line - 1 }, mark);
  }
  return inSight(pane, Math.max(0, mark - 1));
}

function movedDown(pane: LogPane): LogScroll {
  if (pane.scroll.follow) return following;
  const mark = markIndex(pane);
  const bottom = shifted(pane, topPosition(pane), pane.height - 1);
  const isSeenWhole = !isAbove(bottom, { index: mark, line: rowsAt(pane, mark).length - 1 });
  if (!isSeenWhole) return scrolledTo(pane, shifted(pane, topPosition(pane), 1), mark);
  const next = mark + 1;
  if (next >= pane.entries.length) return isAtEnd(pane) ? following : atLastHeld(pane);
  const moved = inSight(pane, next);
  // The last entry is visible to its end: there is nothing further down.
  const isTheEnd = next === pane.entries.length - 1 && rowsAt(pane, next).length <= pane.height;
  return isTheEnd && isAtEnd(pane) ? following : moved;
}

/** The entries in memory end inside the window but the log goes on: move to the last one, so that more is read. */
function atLastHeld(pane: LogPane): LogScroll {
  const last = pane.entries.length - 1;
  return scrolledTo(pane, { index: last, line: 0 }, last);
}

/** The scroll with the mark on `index`, and the window moved only as far as needed to show that entry. */
function inSight(pane: LogPane, index: number): LogScroll {
  const top = topPosition(pane);
  const start = { index, line: 0 };
  if (!isAbove(top, start)) {
    // Moving up into a tall entry shows its end first.
    const height = rowsAt(pane, index).length;
    return scrolledTo(pane, { index, line: Math.max(0, height - pane.height) }, index);
  }
  const end = { index, line: rowsAt(pane, index).length - 1 };
  const topForEnd = shifted(pane, end, 1 - pane.height);
  const needed = isAbove(start, topForEnd) ? start : topForEnd;
  return scrolledTo(pane, isAbove(top, needed) ? needed : top, index);
}
