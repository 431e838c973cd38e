// Normalises the view against the current data: a task may be gone, a list shorter, a log truncated, a notice expired.
// Idempotent, so drawing does it again to be sure.

import { withChangedStep } from './changed-step.ts';
import { settledChanges } from './changes/settled-changes.ts';
import { withGoing } from './going-to.ts';
import { settledLog } from './log/settled-log.ts';
import { panesOf, type Scene } from './panes.ts';
import { rangeWords } from '../rows/changes/changes-title.ts';
import { noticeMs } from '../rows/status-rows.ts';
import { topInView } from '../rows/tasks/task-window.ts';
import { shownTasks } from './tasks/shown-tasks.ts';
import { countedFilter, isFiltering, noFilter } from './tasks/task-filter.ts';
import type { TaskView } from '../../core/task/board.ts';
import { keyOf, type TaskKey } from '../../core/task/task-key.ts';
import { isSameOrder, keysInNeed, resortsAfterMs, sortedKeys } from './tasks/task-order.ts';
import { withLog, type View } from './state.ts';

/** The same object if nothing has to change. */
export function settledView(view: View, scene: Scene): View {
  const before = withMarks(withOrder(withAges(view, scene), scene), scene);
  const found = withPage(withSelection(before, scene), scene);
  // A position in the details means nothing in those of another task.
  const isOther = found.selected !== view.selected && found.detailsAt !== null;
  const marked = withChangedStep(isOther ? { ...found, detailsAt: null } : found, scene);
  const selected = withGoing(marked, scene);
  const { tasks, log } = panesOf(selected, scene);
  const top = tasks === null ? selected.tasksTop : topInView(tasks);
  const settled = top === selected.tasksTop ? selected : { ...selected, tasksTop: top };
  const current = settled.notice;
  const read =
    current !== null && current.until <= scene.now ? { ...settled, notice: null } : settled;
  if (log === null) return read;
  const looked = settledLog(log);
  const isSame =
    looked.scroll === log.scroll && looked.peeked === log.peeked && looked.search === log.search;
  return isSame ? read : withLog(read, looked);
}

function withAges(view: View, { now }: Scene): View {
  const filter = countedFilter(view.filter, now);
  return filter === view.filter ? view : { ...view, filter };
}

/** The page belongs to one task, and has the keys while it is open. */
function withPage(view: View, scene: Scene): View {
  const { changes: page, focus, selected } = view;
  if (page === null) return focus === 'changes' ? { ...view, focus: 'tasks' } : view;
  if (focus !== 'changes') return { ...view, changes: null };
  if (page.task !== selected) return { ...view, changes: null, focus: 'tasks' };
  const { changes } = panesOf(view, scene);
  if (changes === null) return view;
  const settled = settledChanges(page, changes);
  if (settled === page) return view;
  const isMissing = page.sought !== null && settled.sought === null && settled.path === page.path;
  if (!isMissing) return { ...view, changes: settled };
  const text = `${page.sought} is the same before and after ${rangeWords(page.range, changes)}`;
  const notice = { text, tone: 'plain', until: scene.now + noticeMs } as const;
  return { ...view, changes: settled, notice };
}

/** Sorts again only while the user does not type, so that no row jumps under the eye. */
function withOrder(view: View, { board, now }: Scene): View {
  if (!board.looked) return view;
  // A key pressed just now may be later than `now`, the time of the data.
  const isQuiet = now - view.touchedAt >= resortsAfterMs || view.touchedAt - now > resortsAfterMs;
  if (view.order !== null && !isQuiet) return withUrgentFirst(view, view.order, board.tasks);
  const order = sortedKeys(board.tasks, view.sorting);
  if (view.order !== null && isSameOrder(view.order, order)) return view;
  return { ...view, order };
}

/** A task that begins to need you comes first at once, whatever the user is doing. */
function withUrgentFirst(view: View, order: readonly string[], tasks: readonly TaskView[]): View {
  if (view.sorting !== 'state') return view;
  const urgent = keysInNeed(tasks);
  const isFirst = new Set(order.slice(0, urgent.length));
  if (urgent.every((key) => isFirst.has(key))) return view;
  const moved = new Set(urgent);
  return { ...view, order: [...urgent, ...order.filter((key) => !moved.has(key))] };
}

/** When the tasks are sorted next, epoch ms; null if they are in order. */
export function resortsAt({ order, sorting, touchedAt }: View, { board }: Scene): number | null {
  const isDue = order !== null && !isSameOrder(order, sortedKeys(board.tasks, sorting));
  return isDue ? touchedAt + resortsAfterMs : null;
}

function withMarks(view: View, { board }: Scene): View {
  if (view.marked.size === 0) return view;
  const keys = new Set(board.tasks.map(keyOf));
  const marked = [...view.marked].filter((key) => keys.has(key));
  return marked.length === view.marked.size ? view : { ...view, marked: new Set(marked) };
}

function withSelection(view: View, { board }: Pick<Scene, 'board'>): View {
  const task = board.tasks.find((one) => view.awaited !== null && keyOf(one) === view.awaited);
  if (task !== undefined) {
    const there = { ...view, selected: view.awaited };
    const awaited = shownTasks(there, board).findIndex((one) => keyOf(one) === view.awaited);
    // One that is archived is on its way back, or hidden without its filter: it is awaited until the user moves.
    const isBack = task.archivedAt === null;
    if (awaited !== -1) {
      return { ...there, selectedIndex: awaited, awaited: isBack ? null : view.awaited };
    }
    if (isBack) {
      return isFiltering(view.filter)
        ? withSelection({ ...view, filter: noFilter }, { board })
        : withSelection({ ...view, awaited: null }, { board });
    }
  }
  const tasks = shownTasks(view, board);
  const isWhereItWas = keyAt(tasks, view.selectedIndex) === view.selected;
  const index = isWhereItWas
    ? view.selectedIndex
    : tasks.findIndex((task) => keyOf(task) === view.selected);
  if (index !== -1) {
    return index === view.selectedIndex ? view : { ...view, selectedIndex: index };
  }
  const nearest = Math.max(0, Math.min(view.selectedIndex, tasks.length - 1));
  const selected = keyAt(tasks, nearest);
  if (selected === view.selected && (selected !== null || view.focus === 'tasks')) return view;
  return {
    ...view,
    selected,
    selectedIndex: nearest,
    focus: selected === null ? 'tasks' : view.focus,
  };
}

function keyAt(tasks: readonly TaskView[], index: number): TaskKey | null {
  const task = tasks[index];
  return task === undefined ? null : keyOf(task);
}
