// The Board without a screen: waits for a state of it, and prints what changes.

import type { TaskView } from '../core/task/board.ts';
import type { Store } from '../engine/tasks/store.ts';
import { isUnderWay } from '../ui/look/state-words.ts';

type Board = Pick<Store, 'board' | 'subscribe'>;

export function isAtRest(tasks: readonly TaskView[]): boolean {
  return !tasks.some(({ state }) => isUnderWay(state.word));
}

/** Resolves with the tasks when the condition holds, or when the user quits the demo. */
export function untilBoard(
  store: Board,
  holds: (tasks: readonly TaskView[]) => boolean,
  quitSignal?: AbortSignal,
): Promise<readonly TaskView[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      const { tasks } = store.board();
      if (quitSignal?.aborted !== true && !holds(tasks)) return;
      unsubscribe();
      quitSignal?.removeEventListener('abort', look);
      resolve(tasks);
    };
    const unsubscribe = store.subscribe(look);
    quitSignal?.addEventListener('abort', look);
    look();
  });
}

/** `build-rest-api-todo  3/10  running`, whenever a task's line has changed. */
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
