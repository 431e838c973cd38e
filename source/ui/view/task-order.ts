// In which order tasks stand: what needs somebody first, what is over last, and by name among equals. It is the
// view's, not the board's: while somebody types, no row may jump under the eye.

import { byTaskName, type TaskView } from '../../core/task/board.ts';
import type { StateWord } from '../../core/task/state.ts';

/** Without a key for so long, nobody is about to press one. */
export const resortsAfterMs = 5000;

/** Tasks of the same rank stand by name; so nothing moves when a task begins to pause. */
export function rankOf(word: StateWord): number {
  switch (word) {
    case 'needs you':
      return 0;
    case 'failed':
      return 1;
    case 'running':
    case 'pausing':
      return 2;
    case 'interrupted':
    case 'waiting':
    case 'queued':
      return 3;
    case 'paused':
    case 'stopped':
      return 4;
    case 'idle':
    case 'no list':
      return 5;
    case 'done':
      return 6;
    default:
      return word satisfies never;
  }
}

const sorted = new WeakMap<readonly TaskView[], readonly string[]>();

/** The names in their order; thousands are sorted once for each board. */
export function sortedNames(tasks: readonly TaskView[]): readonly string[] {
  const known = sorted.get(tasks);
  if (known !== undefined) return known;
  const names = [...tasks]
    .sort((a, b) => rankOf(a.state.word) - rankOf(b.state.word) || byTaskName(a, b))
    .map(({ name }) => name);
  sorted.set(tasks, names);
  return names;
}

export function isSameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((name, index) => name === b[index]));
}

/** `tasks` as `order` has them; those that it does not know yet stand at the end. */
export function orderedTasks(
  tasks: readonly TaskView[],
  order: readonly string[],
): readonly TaskView[] {
  const left = new Map(tasks.map((task) => [task.name, task]));
  const ordered = order.flatMap((name) => {
    const task = left.get(name);
    left.delete(name);
    return task === undefined ? [] : [task];
  });
  return [...ordered, ...left.values()];
}
