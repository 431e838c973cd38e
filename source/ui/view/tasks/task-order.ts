// The order of the tasks: those that need the user first, done tasks last, by name within a rank. The order belongs to
// the view, not to the board: while the user types, no row may jump under the eye.

import { byTaskKey, type TaskView } from '../../../core/task/board.ts';
import { keyOf, type TaskKey } from '../../../core/task/task-key.ts';
import type { StateWord } from '../../../core/task/state.ts';
import { spentTokens } from '../../../core/codex/usage.ts';

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

/** A session or a check of it runs, or is about to. */
export function isAtWork(word: StateWord): boolean {
  return rankOf(word) === 2;
}

/** In the order in which the key switches through them. Done tasks come last in each. */
export const sortings = ['state', 'name', 'age', 'tokens'] as const;

export type Sorting = (typeof sortings)[number];

type Compare = (a: TaskView, b: TaskView) => number;

/** The one that was worked on last comes first, and the one that cost most; what is not known comes last. */
const compares: Readonly<Record<Sorting, Compare>> = {
  state: (a, b) => rankOf(a.state.word) - rankOf(b.state.word),
  name: () => 0,
  age: (a, b) => (b.lastWorkedAt ?? 0) - (a.lastWorkedAt ?? 0),
  tokens: (a, b) => tokensOf(b) - tokensOf(a),
};

function tokensOf({ usage }: TaskView): number {
  return usage === null ? -1 : spentTokens(usage);
}

const doneLast: Compare = (a, b) =>
  Number(a.state.word === 'done') - Number(b.state.word === 'done');

const sorted = new WeakMap<readonly TaskView[], Map<Sorting, readonly TaskKey[]>>();

/** The sorted keys. Sorted once per board: there can be thousands of tasks. */
export function sortedKeys(
  tasks: readonly TaskView[],
  sorting: Sorting = 'state',
): readonly TaskKey[] {
  const ofBoard = sorted.get(tasks) ?? new Map<Sorting, readonly TaskKey[]>();
  sorted.set(tasks, ofBoard);
  const known = ofBoard.get(sorting);
  if (known !== undefined) return known;
  const keys = [...tasks]
    .sort((a, b) => doneLast(a, b) || compares[sorting](a, b) || byTaskKey(a, b))
    .map(keyOf);
  ofBoard.set(sorting, keys);
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
