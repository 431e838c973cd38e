// Which tasks are in view: how many rows each takes, and how far the list is scrolled.

import type { TaskView } from '../../../core/task/board.ts';
import { keyOf } from '../../../core/task/task-key.ts';
import { stateReason } from '../../look/state-words.ts';
import type { TaskForm, TaskPane } from './task-pane.ts';

/** `Tasks`, or with the position if not all are in view: `Tasks 12 of 500` */
export function tasksTitle({ tasks, selected, form, height, folded }: TaskPane): string {
  let rows = foldHeight(folded);
  for (let at = 0; at < tasks.length && rows <= height; at++) {
    const task = tasks[at];
    if (task !== undefined) rows += taskHeight(task, form);
  }
  if (rows <= height) return 'Tasks';
  return `Tasks ${tasks.findIndex((task) => keyOf(task) === selected) + 1} of ${tasks.length}`;
}

/** `top`, moved only as far as needed for the selected task to be in view and no row to be wasted. */
export function topInView({ tasks, selected, form, folded, ...pane }: TaskPane): number {
  const heightOf = (index: number) => {
    const task = tasks[index];
    return task === undefined ? 0 : taskHeight(task, form);
  };
  const index = tasks.findIndex((task) => keyOf(task) === selected);
  let top = Math.max(0, Math.min(pane.top, tasks.length - 1));
  if (index !== -1) {
    let first = index;
    let used = heightOf(index) + (index === tasks.length - 1 ? foldHeight(folded) : 0);
    while (first > 0 && used + heightOf(first - 1) <= pane.height) used += heightOf(--first);
    top = Math.min(index, Math.max(top, first));
  }
  let below = foldHeight(folded);
  for (let at = top; at < tasks.length && below <= pane.height; at++) below += heightOf(at);
  while (top > 0 && below + heightOf(top - 1) <= pane.height) below += heightOf(--top);
  return top;
}

/** The line for the done tasks comes after the last task. */
function foldHeight(folded = 0): 0 | 1 {
  return folded > 0 ? 1 : 0;
}

/** The rows that a task takes. */
export function taskHeight(task: TaskView, form: TaskForm): 1 | 2 {
  if (form === 'narrow') return 1;
  if (isInFullAccess(task) || sharesFiles(task)) return 2;
  if (form === 'compact') return 1;
  const { word } = task.state;
  const isAtWork = word === 'starting' || word === 'running';
  return isAtWork || task.unmet !== null || task.unproven > 0 || hasReason(task) ? 2 : 1;
}

const known = new WeakMap<TaskView, boolean>();

/** Cached: only whether there is a reason matters here, and its words take time to make. */
function hasReason(task: TaskView): boolean {
  let has = known.get(task);
  if (has === undefined) known.set(task, (has = stateReason(task, 0) !== null));
  return has;
}

export function isInFullAccess(task: TaskView): boolean {
  return task.sandbox === 'danger-full-access';
}

/** True if another running task has changed the same file. */
function sharesFiles(task: TaskView): boolean {
  return task.sharedFile !== null;
}
