// The Board for those who look at it without a screen: waiting for a state of it, and printing what changes.

import type { TaskView } from '../core/board.ts';
import type { Store } from '../engine/store.ts';
import { isUnderWay } from '../ui/state-words.ts';

type Board = Pick<Store, 'board' | 'subscribe'>;

export function isAtRest(tasks: readonly TaskView[]): boolean {
  return !tasks.some(({ state }) => isUnderWay(state.word));
}

export function untilBoard(
  store: Board,
  holds: (tasks: readonly TaskView[]) => boolean,
): Promise<readonly TaskView[]> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const { tasks } = store.board();
      if (!holds(tasks)) return false;
      unsubscribe();
      resolve(tasks);
      return true;
    };
    const unsubscribe = store.subscribe(look);
    look();
  });
}

/** `build-rest-api-todo  3/10  running`, whenever a task's line is another. */
export function printBoard(store: Board, print: (line: string) => void): { close(): void } {
  const printed = new Map<string, string>();
  const look = (): void => {
    for (const { name, label, done, total, state } of store.board().tasks) {
      const line = `${label}  ${done}/${total}  ${state.word}`;
      if (printed.get(name) === line) continue;
      printed.set(name, line);
      print(line);
    }
  };
  look();
  return { close: store.subscribe(look) };
}
