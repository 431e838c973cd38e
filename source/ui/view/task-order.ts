// The order of the tasks: those that need the user first, done tasks last, by name within a rank. The order belongs to
// the view, not to the board: while the user types, no row may jump under the eye.

import { byTaskKey, type TaskView } from '../../core/task/board.ts';
import { keyOf, type TaskKey } from '../../core/task/task-key.ts';
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

const sorted = new WeakMap<readonly TaskView[], readonly TaskKey[]>();

/** The sorted keys. Sorted once per board: there can be thousands of tasks. */
export function sortedKeys(tasks: readonly TaskView[]): readonly TaskKey[] {
  const known = sorted.get(tasks);
  if (known !== undefined) return known;
  const keys = [...tasks]
    .sort((a, b) => rankOf(a.state.word) - rankOf(b.state.word) || byTaskKey(a, b))
    .map(keyOf);
  sorted.set(tasks, keys);
  return keys;
}

const needing = new WeakMap<readonly TaskView[], readonly TaskKey[]>();

/** The keys of the tasks that need the user, sorted. */
export function keysInNeed(tasks: readonly TaskView[]): readonly TaskKey[] {
  const known = needing.get(tasks);
  if (known !== undefined) return known;
  const keys = tasks.filter(({ state }) => rankOf(state.word) === 0).map(keyOf);
  needing.set(tasks, keys.sort());
  return keys;
}

export function isSameOrder(a: readonly TaskKey[], b: readonly TaskKey[]): boolean {
  return a === b || (a.length === b.length && a.every((key, index) => key === b[index]));
}

/** `tasks` in the order of `order`; tasks that are not in it come last. */
export function orderedTasks(
  tasks: readonly TaskView[],
  order: readonly TaskKey[],
): readonly TaskView[] {
  const left = new Map(tasks.map((task) => [keyOf(task), task]));
  const ordered = order.flatMap((key) => {
    const task = left.get(key);
    left.delete(key);
    return task === undefined ? [] : [task];
  });
  return [...ordered, ...left.values()];
}
