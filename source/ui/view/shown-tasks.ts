// The tasks as the list shows them: in the order of the view, after its filter. All code that counts tasks, moves
// through them or points at one uses this list.

import type { Board, TaskView } from '../../core/task/board.ts';
import { passes, type TaskFilter } from './task-filter.ts';
import { orderedTasks } from './task-order.ts';

type Showing = {
  /** Null before the first look at the disk. */
  readonly order: readonly string[] | null;
  readonly filter: TaskFilter;
};

type Shown = Showing & { readonly tasks: readonly TaskView[] };

const shown = new WeakMap<readonly TaskView[], Shown>();

/** The same array while board, order and filter are the same. */
export function shownTasks({ order, filter }: Showing, { tasks }: Board): readonly TaskView[] {
  const known = shown.get(tasks);
  if (known?.order === order && known.filter === filter) return known.tasks;
  const ordered = order === null ? tasks : orderedTasks(tasks, order);
  const passing = ordered.filter((task) => passes(task, filter));
  const all = passing.length === ordered.length ? ordered : passing;
  shown.set(tasks, { order, filter, tasks: all });
  return all;
}
