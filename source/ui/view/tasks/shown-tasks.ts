// The tasks as the list shows them: in the order of the view, after its filter, with the done ones folded into one
// line. All code that counts tasks, moves through them or points at one uses this list.

import type { Board, TaskView } from '../../../core/task/board.ts';
import { keyOf, type TaskKey } from '../../../core/task/task-key.ts';
import { presentTasks } from '../../../core/task/archived.ts';
import { projectKeyOf } from '../../../core/task/project-view.ts';
import { isFiltering, passing, type TaskFilter } from './task-filter.ts';
import { groupedTasks } from './grouped-tasks.ts';
import { orderedTasks } from './task-order.ts';

/** `by themselves`: folded if there are several, and a task that is not done. */
export type DoneTasks = 'by themselves' | 'shown' | 'folded';

type Showing = {
  /** Null before the first look at the disk. */
  readonly order: readonly TaskKey[] | null;
  readonly filter: TaskFilter;
  readonly done: DoneTasks;
  readonly selected: TaskKey | null;
  readonly marked: ReadonlySet<TaskKey>;
};

type Ordered = Pick<Showing, 'order' | 'filter' | 'done'> & {
  readonly projects: Board['projects'];
  readonly tasks: readonly TaskView[];
  readonly foldable: ReadonlySet<TaskKey>;
};

type Shown = {
  readonly tasks: readonly TaskView[];
  /** How many done tasks are folded into one line. */
  readonly folded: number;
};

/** The same array while nothing changes that it depends on. */
export function shownTasks(showing: Showing, board: Board): readonly TaskView[] {
  return shownOf(showing, board).tasks;
}

export function foldedTasks(showing: Showing, board: Board): number {
  return shownOf(showing, board).folded;
}

type Cached = { readonly key: string; readonly shown: Shown };

const cached = new WeakMap<Ordered, Cached>();

/** A selected or marked task is never folded: the user is looking at it. */
function shownOf(showing: Showing, board: Board): Shown {
  const ordered = orderedOf(showing, board);
  const { foldable } = ordered;
  if (foldable.size === 0) return { tasks: ordered.tasks, folded: 0 };
  const { selected, marked } = showing;
  const kept = new Set([...marked, selected ?? ''].filter((one) => foldable.has(one)));
  const key = JSON.stringify([...kept]);
  const known = cached.get(ordered);
  if (known?.key === key) return known.shown;
  const shown = {
    tasks: ordered.tasks.filter((task) => !foldable.has(keyOf(task)) || kept.has(keyOf(task))),
    folded: foldable.size - kept.size,
  };
  cached.set(ordered, { key, shown });
  return shown;
}

const orders = new WeakMap<readonly TaskView[], Ordered>();

function orderedOf({ order, filter, done }: Showing, { tasks, projects }: Board): Ordered {
  const before = orders.get(tasks);
  const isSame =
    before?.order === order &&
    before.filter === filter &&
    before.done === done &&
    before.projects === projects;
  if (isSame) return before;
  const known = groupedTasks(order === null ? tasks : orderedTasks(tasks, order), projects);
  const all = isFiltering(filter) ? known : presentTasks(known);
  const left = passing(all, filter);
  const foldable = isFiltering(filter) ? new Set<TaskKey>() : foldableIn(all, order ?? [], done);
  const ordered: Ordered = {
    order,
    filter,
    done,
    projects,
    tasks: left.length === all.length ? all : left,
    foldable,
  };
  orders.set(tasks, ordered);
  return ordered;
}

/** The done tasks at the end of the order, or of their projects. One that was done just now stays where it is until tasks are sorted. */
function foldableIn(
  tasks: readonly TaskView[],
  order: readonly TaskKey[],
  done: DoneTasks,
): ReadonlySet<TaskKey> {
  const foldable = new Set<TaskKey>();
  if (done === 'shown') return foldable;
  const isKnown = new Set(order);
  const sorted = tasks.filter((task) => isKnown.has(keyOf(task)));
  const others = new Set<string>();
  for (const task of sorted.reverse()) {
    const project = projectKeyOf(task);
    if (task.state.word !== 'done') others.add(project);
    else if (!others.has(project)) foldable.add(keyOf(task));
  }
  const isWorthIt = foldable.size > 1 && foldable.size < tasks.length;
  return isWorthIt || done === 'folded' ? foldable : new Set();
}
