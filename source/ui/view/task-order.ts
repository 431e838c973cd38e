// The order of the tasks: those that need the user first, done tasks last, by name within a rank. The order belongs to
// the view, not to the board: while the user types, no row may jump under the eye.

import { byTaskName, type TaskView } from '../../core/task/board.ts';
import type { StateWord } from '../../core/task/state.ts';

/** After this long without a key, the user is not about to press one. */
export const resortsAfterMs = 5000;

/** Tasks of the same rank are sorted by name, so nothing moves when a running task starts to pause. */
export function rankOf(word: StateWord): number {
  switch (word) {
    case 'needs you':
      return 0;
    case 'failed':
      return 1;
    case 'starting':
    case 'running':
    case 'checking':
    case 'reviewing':
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

/** The sorted names. Sorted once per board: there can be thousands of tasks. */
export function sortedNames(tasks: readonly TaskView[]): readonly string[] {
  const known = sorted.get(tasks);
  if (known !== undefined) return known;
  const names = [...tasks]
    .sort((a, b) => rankOf(a.state.word) - rankOf(b.state.word) || byTaskName(a, b))
    .map(({ name }) => name);
  sorted.set(tasks, names);
  return names;
}

const needing = new WeakMap<readonly TaskView[], readonly string[]>();

/** The names of the tasks that need the user, sorted. */
export function namesInNeed(tasks: readonly TaskView[]): readonly string[] {
  const known = needing.get(tasks);
  if (known !== undefined) return known;
  const names = tasks.filter(({ state }) => rankOf(state.word) === 0).map(({ name }) => name);
  needing.set(tasks, names.sort());
  return names;
}

export function isSameOrder(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((name, index) => name === b[index]));
}

/** `tasks` in the order of `order`; tasks that are not in it come last. */
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
