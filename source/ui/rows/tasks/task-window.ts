// Which tasks are in view: how many rows each takes, and how far the list is scrolled.

import type { TaskView } from '../../../core/task/board.ts';
import { keyOf } from '../../../core/task/task-key.ts';
import { stateReason } from '../../look/state-words.ts';
import { hasHeadings, startsProject, troubledHeight } from './project-rows.ts';
import type { TaskForm, TaskPane } from './task-pane.ts';

/** `Tasks`, or with the position if not all are in view: `Tasks 12 of 500` */
export function tasksTitle(pane: TaskPane): string {
  const { tasks, selected, height } = pane;
  let rows = headingHeight(pane) + tailHeight(pane);
  for (let at = 0; at < tasks.length && rows <= height; at++) rows += heightAt(pane, at);
  if (rows <= height) return 'Tasks';
  return `Tasks ${tasks.findIndex((task) => keyOf(task) === selected) + 1} of ${tasks.length}`;
}

/** `top`, moved only as far as needed for the selected task to be in view and no row to be wasted. */
export function topInView(pane: TaskPane): number {
  const { tasks, selected } = pane;
  // The first row in view has a heading in any case, the others have one if their project starts there.
  const heightOf = (index: number) => heightAt(pane, index);
  const lead = headingHeight(pane);
  const index = tasks.findIndex((task) => keyOf(task) === selected);
  let top = Math.max(0, Math.min(pane.top, tasks.length - 1));
  if (index !== -1) {
    let first = index;
    let used = lead + rowsAt(pane, index) + (index === tasks.length - 1 ? tailHeight(pane) : 0);
    while (first > 0 && used + joined(pane, first) <= pane.height) used += joined(pane, first--);
    top = Math.min(index, Math.max(top, first));
  }
  let below = lead + tailHeight(pane) + rowsAt(pane, top);
  for (let at = top + 1; at < tasks.length && below <= pane.height; at++) below += heightOf(at);
  while (top > 0 && below + joined(pane, top) <= pane.height) below += joined(pane, top--);
  return top;
}

/** The rows of a task. */
function rowsAt({ tasks, form }: TaskPane, index: number): number {
  const task = tasks[index];
  return task === undefined ? 0 : taskHeight(task, form);
}

/** With the name of its project above it, if it is not the first row in view. */
function heightAt(pane: TaskPane, index: number): number {
  const isHeaded = index > 0 && hasHeadings(pane) && startsProject(pane, index);
  return rowsAt(pane, index) + (isHeaded ? 1 : 0);
}

/** What the task before `first` takes, when it becomes the first in view. */
function joined(pane: TaskPane, first: number): number {
  return rowsAt(pane, first - 1) + heightAt(pane, first) - rowsAt(pane, first);
}

function headingHeight(pane: TaskPane): 0 | 1 {
  return hasHeadings(pane) ? 1 : 0;
}

/** The lines after the last task. */
function tailHeight(pane: TaskPane): number {
  return foldHeight(pane.folded) + troubledHeight(pane);
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
