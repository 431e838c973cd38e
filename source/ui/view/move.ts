// The moves that every pane supports.

export type Move = 'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last';

/** The place that a move leads to, between 0 and `last`. */
export function steppedTo(
  from: number,
  move: Move,
  { page, last }: { page: number; last: number },
): number {
  const steps = {
    up: -1,
    down: 1,
    'page-up': -page,
    'page-down': page,
    first: -Infinity,
    last: Infinity,
  };
  return Math.max(0, Math.min(last, from + steps[move]));
}
