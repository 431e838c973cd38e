// Holds the Board and notifies listeners of changes through a notifier, at most ten times a second.

import { reduceBoard, type Board, type BoardAction } from '../../core/task/board.ts';
import type { Clock } from '../../system/clock.ts';
import { createNotifier } from '../notifier.ts';

export type Store = {
  board(): Board;
  dispatch(action: BoardAction): void;
  /** Returns the function that unsubscribes. */
  subscribe(listener: () => void): () => void;
};

export function createStore(first: Board, clock: Clock): Store {
  let board = first;
  const notifier = createNotifier(clock);
  return {
    board: () => board,
    dispatch: (action) => {
      const next = reduceBoard(board, action);
      if (next === board) return;
      board = next;
      notifier.due();
    },
    subscribe: notifier.subscribe,
  };
}
