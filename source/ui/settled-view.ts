// What no longer holds of a view is put right here: a task that went, a list that grew shorter, a log that was cut,
// a notice that was read. Doing it twice is doing it once, so drawing may do it again to be sure.

import { settledScroll } from './log-scroll.ts';
import { panesOf, type Scene } from './panes.ts';
import type { LogView } from './rows/log-rows.ts';
import { topInView } from './rows/task-window.ts';
import type { View } from './view-state.ts';

/** The same object when everything holds. */
export function settledView(view: View, scene: Scene): View {
  const selected = withSelection(view, scene);
  const { tasks, log } = panesOf(selected, scene);
  const top = tasks === null ? selected.tasksTop : topInView(tasks);
  const settled = top === selected.tasksTop ? selected : { ...selected, tasksTop: top };
  const current = settled.notice;
  const read =
    current !== null && current.until <= scene.now ? { ...settled, notice: null } : settled;
  if (log === null) return read;
  const scroll = settledScroll(log);
  return scroll === log.scroll ? read : withLog(read, { ...log, scroll });
}

function withSelection(view: View, { board: { tasks } }: Scene): View {
  const awaited = view.awaited === null ? -1 : tasks.findIndex(({ name }) => name === view.awaited);
  if (awaited !== -1) {
    return { ...view, selected: view.awaited, selectedIndex: awaited, awaited: null };
  }
  const isWhereItWas = tasks[view.selectedIndex]?.name === view.selected;
  const index = isWhereItWas
    ? view.selectedIndex
    : tasks.findIndex(({ name }) => name === view.selected);
  if (index !== -1) {
    return index === view.selectedIndex ? view : { ...view, selectedIndex: index };
  }
  const nearest = Math.max(0, Math.min(view.selectedIndex, tasks.length - 1));
  const selected = tasks[nearest]?.name ?? null;
  if (selected === view.selected && (selected !== null || view.focus === 'tasks')) return view;
  return {
    ...view,
    selected,
    selectedIndex: nearest,
    focus: selected === null ? 'tasks' : view.focus,
  };
}

/** The selected task's log seen in another way. */
export function withLog(view: View, { scroll, opened }: LogView): View {
  if (view.selected === null) return view;
  const logs = new Map(view.logs);
  if (scroll.follow && opened.size === 0) logs.delete(view.selected);
  else logs.set(view.selected, { scroll, opened });
  return { ...view, logs };
}
