// How one looks at the board: what is selected, which pane has the keys, how far each is scrolled, what lies over
// them. The reducer is pure; what it needs to know of the world comes as a Scene. Tasks are held by name,
// so that the selection stays with its task when others come, go or change places.

import type { Dialog } from './dialog.ts';
import type { PaneName } from './layout.ts';
import { entryUnderMark, movedLog } from './log-scroll.ts';
import type { Move } from './move.ts';
import { keyContextOf, panesOf, type Scene } from './panes.ts';
import { dialogWidth } from './rows/dialog-rows.ts';
import { lastHelpTop } from './rows/help-rows.ts';
import type { LogPane, LogView } from './rows/log-rows.ts';
import type { Notice } from './rows/status-rows.ts';
import { settledView, withLog } from './settled-view.ts';
import { shownTasks } from './shown-tasks.ts';
import { nextGroup, noFilter, type TaskFilter } from './task-filter.ts';
import { changedForm, type FormChange } from './task-form.ts';

export type View = {
  /** By name; null while there is none. */
  readonly selected: string | null;
  /** Names as they stand on the screen; null before the first look at the disk. */
  readonly order: readonly string[] | null;
  /** When a key was pressed last, epoch ms: until a while after that, nothing changes places. */
  readonly touchedAt: number;
  readonly filter: TaskFilter;
  /** By name: steered together. */
  readonly marked: ReadonlySet<string>;
  /** Where the selected task stood last: should it vanish, its neighbour is the nearest. */
  readonly selectedIndex: number;
  /** A task that was started just now and is selected as soon as it is there. */
  readonly awaited: string | null;
  readonly focus: PaneName;
  /** Index of the first task in view. */
  readonly tasksTop: number;
  /** By the task's name; a task that is not in it follows its log. */
  readonly logs: ReadonlyMap<string, LogView>;
  readonly dialog: Dialog | null;
  readonly notice: Notice | null;
};

export type ViewAction =
  | { readonly type: 'moved'; readonly move: Move }
  | { readonly type: 'selected'; readonly name: string }
  | { readonly type: 'focused'; readonly pane: PaneName }
  | { readonly type: 'pane-changed' }
  | { readonly type: 'entry-toggled' }
  | { readonly type: 'dialog-opened'; readonly dialog: Dialog }
  | { readonly type: 'dialog-closed' }
  | { readonly type: 'form-changed'; readonly change: FormChange }
  | { readonly type: 'noticed'; readonly notice: Notice | null }
  /** A key was pressed, whatever it meant. */
  | { readonly type: 'touched'; readonly at: number }
  | { readonly type: 'mark-toggled' }
  | { readonly type: 'marks-cleared' }
  | { readonly type: 'filtered'; readonly filter: TaskFilter }
  | { readonly type: 'group-changed' }
  /** Tasks, entries, size or time are others now. */
  | { readonly type: 'scene-changed' };

/** `selected`: the task that the dashboard was opened for, which may not be on the disk yet. */
export function initialView(selected: string | null = null): View {
  return {
    selected: null,
    order: null,
    touchedAt: -Infinity,
    filter: noFilter,
    marked: new Set(),
    selectedIndex: 0,
    awaited: selected,
    focus: 'tasks',
    tasksTop: 0,
    logs: new Map(),
    dialog: null,
    notice: null,
  };
}

/** The next view; the same object when nothing changed. */
export function reduceView(view: View, action: ViewAction, scene: Scene): View {
  return settledView(changedView(view, action, scene), scene);
}

function changedView(view: View, action: ViewAction, scene: Scene): View {
  switch (action.type) {
    case 'moved':
      return moved(view, action.move, scene);
    case 'selected': {
      const shown = shownTasks(view, scene.board);
      const index = shown.findIndex(({ name }) => name === action.name);
      if (index === -1) return { ...view, awaited: action.name };
      return { ...view, selected: action.name, selectedIndex: index, awaited: null };
    }
    case 'focused':
      return view.focus === action.pane ? view : { ...view, focus: action.pane };
    case 'pane-changed':
      return { ...view, focus: view.focus === 'tasks' ? 'log' : 'tasks' };
    case 'entry-toggled': {
      const { log } = panesOf(view, scene);
      return log === null ? view : withEntryToggled(view, log);
    }
    case 'dialog-opened':
      return { ...view, dialog: action.dialog };
    case 'dialog-closed':
      return view.dialog === null ? view : { ...view, dialog: null };
    case 'form-changed': {
      if (view.dialog?.kind !== 'new task') return view;
      const facts = { takenNames: scene.board.tasks.map(({ name }) => name), now: scene.now };
      const form = changedForm(view.dialog.form, action.change, facts);
      return { ...view, dialog: { ...view.dialog, form } };
    }
    case 'noticed':
      return { ...view, notice: action.notice };
    case 'touched':
      return { ...view, touchedAt: action.at };
    case 'mark-toggled':
      return moved(withMarkToggled(view), 'down', scene);
    case 'marks-cleared':
      return view.marked.size === 0 ? view : { ...view, marked: new Set() };
    case 'filtered':
      return { ...view, filter: action.filter };
    case 'group-changed': {
      const group = nextGroup(view.filter.group, scene.board.tasks);
      return { ...view, filter: { ...view.filter, group } };
    }
    case 'scene-changed':
      return view;
    default:
      return action satisfies never;
  }
}

function moved(view: View, move: Move, scene: Scene): View {
  if (view.dialog !== null) return movedDialog(view, move, scene);
  const { tasks, log } = panesOf(view, scene);
  if (view.focus === 'log') {
    return log === null ? view : withLog(view, { ...log, scroll: movedLog(log, move) });
  }
  const page = Math.max(1, Math.floor((tasks?.height ?? 2) / 2));
  const shown = shownTasks(view, scene.board);
  const index = movedIndex(view.selectedIndex, move, { page, count: shown.length });
  const task = shown[index];
  return task === undefined
    ? view
    : { ...view, selected: task.name, selectedIndex: index, awaited: null };
}

function movedIndex(
  index: number,
  move: Move,
  { page, count }: { page: number; count: number },
): number {
  const steps = {
    up: -1,
    down: 1,
    'page-up': -page,
    'page-down': page,
    first: -Infinity,
    last: Infinity,
  };
  return Math.max(0, Math.min(count - 1, index + steps[move]));
}

function movedDialog(view: View, move: Move, scene: Scene): View {
  const { dialog } = view;
  if (dialog?.kind !== 'help') return view;
  const { columns, rows } = scene.size;
  const context = { ...keyContextOf(view, scene.board), dialog: null };
  const last = lastHelpTop({ context, width: dialogWidth({ dialog, columns }), height: rows });
  const top = movedIndex(Math.min(dialog.top, last), move, { page: rows - 3, count: last + 1 });
  return { ...view, dialog: { ...dialog, top } };
}

function withEntryToggled(view: View, log: LogPane): View {
  const key = entryUnderMark(log);
  if (key === null) return view;
  const opened = new Set(log.opened);
  if (!opened.delete(key)) opened.add(key);
  return withLog(view, { ...log, opened });
}

function withMarkToggled(view: View): View {
  if (view.selected === null) return view;
  const marked = new Set(view.marked);
  if (!marked.delete(view.selected)) marked.add(view.selected);
  return { ...view, marked };
}
