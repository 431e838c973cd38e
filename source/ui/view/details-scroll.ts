// Moves through the details: from step to step, from session to session, or line by line through a text.

import type { Move } from './move.ts';
import type { DetailTarget } from '../rows/details/detail-line.ts';
import {
  detailLines,
  markedLine,
  restingMark,
  targetLines,
  type DetailsPane,
} from '../rows/details/details-rows.ts';

/** The next mark, or the next first line of a text. Null: the resting position. */
export function movedDetails(pane: DetailsPane, move: Move): number | null {
  const targets = targetLines(pane);
  const page = Math.max(1, pane.height - 1);
  const lines = detailLines(pane).length;
  const [last, from] =
    targets.length > 0
      ? [targets.length - 1, pane.at ?? restingMark(pane, targets)]
      : [Math.max(0, lines - pane.height), pane.at ?? 0];
  const steps = { up: -1, down: 1, 'page-up': -page, 'page-down': page };
  switch (move) {
    case 'first':
      return 0;
    case 'last':
      return last;
    case 'up':
    case 'down':
    case 'page-up':
    case 'page-down':
      return Math.max(0, Math.min(last, Math.min(from, last) + steps[move]));
    default:
      return move satisfies never;
  }
}

/** The target of Enter; null if no line is marked. */
export function markedTarget(pane: DetailsPane): DetailTarget | null {
  const marked = markedLine(pane);
  return marked === null ? null : (detailLines(pane)[marked]?.target ?? null);
}

/** The mark for a click on line `line` of the page; null if that line cannot be marked. */
export function markAt(pane: DetailsPane, line: number): number | null {
  const index = targetLines(pane).indexOf(line);
  return index === -1 ? null : index;
}
