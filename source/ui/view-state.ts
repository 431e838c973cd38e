// How one looks at the board: what is selected, which pane has the keys, how far each is scrolled, what lies over
// them. The reducer is pure; what it needs to know of the world comes as a Scene. Tasks are held by name,
// so that the selection stays with its task when others come, go or change places.

import { neighbourPage, type DetailsPage } from './details-page.ts';
import type { Dialog } from './dialog.ts';
import { commands, type Command } from './keymap.ts';
import type { PaneName } from './layout.ts';
import { entryUnderMark } from './log-scroll.ts';
import type { Move } from './move.ts';
import { panesOf, type Scene } from './panes.ts';
import { changedLog, type LogAction } from './log-actions.ts';
import type { LogView } from './log-view.ts';
import type { LogPane } from './rows/log-rows.ts';
import type { Notice } from './rows/status-rows.ts';
import { settledView, withLog } from './settled-view.ts';
import { shownTasks } from './shown-tasks.ts';
import { nextGroup, noFilter, type TaskFilter } from './task-filter.ts';
import type { FieldEdit } from './text-field.ts';
import type { FormChange } from './task-form.ts';
import { moved } from './view-moves.ts';
import { formChanged, written } from './view-writing.ts';

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
  /** The pane that has the keys has the whole screen. */
  readonly zoom: 'zoomed' | 'none';
  readonly page: DetailsPage;
  /** The mark in the details; null as long as nobody moved it. */
  readonly detailsAt: number | null;
  /** Off: the terminal's own selection works. */
  readonly mouse: 'on' | 'off';
  /** With the keys as the person wants them. */
  readonly commands: readonly Command[];
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
  | { readonly type: 'pane-changed'; readonly by?: 1 | -1 }
  | { readonly type: 'zoom-toggled' }
  | { readonly type: 'mouse-toggled' }
  | { readonly type: 'page-opened'; readonly page: DetailsPage }
  | { readonly type: 'page-changed'; readonly by: 1 | -1 }
  | { readonly type: 'detail-marked'; readonly at: number }
  /** By the mouse, which needs no focus. */
  | { readonly type: 'wheeled'; readonly pane: PaneName; readonly move: 'up' | 'down' }
  | { readonly type: 'entry-toggled' }
  | { readonly type: 'log'; readonly action: LogAction }
  | { readonly type: 'dialog-opened'; readonly dialog: Dialog }
  | { readonly type: 'dialog-closed' }
  | { readonly type: 'form-changed'; readonly change: FormChange }
  /** Into whatever one writes into; into nothing where there is nothing. */
  | { readonly type: 'written'; readonly edit: FieldEdit }
  /** An entry of the log, wherever it stands. */
  | { readonly type: 'noticed'; readonly notice: Notice | null }
  /** A key was pressed, whatever it meant. */
  | { readonly type: 'touched'; readonly at: number }
  | { readonly type: 'mark-toggled' }
  /** Marks first, then the filter. */
  | { readonly type: 'all-shown' }
  | { readonly type: 'group-changed' }
  /** Tasks, entries, size or time are others now. */
  | { readonly type: 'scene-changed' };

/** What the person's configuration says of it. */
export type OwnView = Partial<Pick<View, 'commands' | 'mouse' | 'notice'>>;

/** `selected`: the task that the dashboard was opened for, which may not be on the disk yet. */
export function initialView(selected: string | null = null, own: OwnView = {}): View {
  return {
    selected: null,
    order: null,
    touchedAt: -Infinity,
    filter: noFilter,
    marked: new Set(),
    selectedIndex: 0,
    awaited: selected,
    focus: 'tasks',
    zoom: 'none',
    page: 'steps',
    detailsAt: null,
    mouse: 'on',
    commands,
    tasksTop: 0,
    logs: new Map(),
    dialog: null,
    notice: null,
    ...own,
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
      return { ...view, focus: neighbourPane(view.focus, action.by ?? 1) };
    case 'zoom-toggled':
      return { ...view, zoom: view.zoom === 'none' ? 'zoomed' : 'none' };
    case 'mouse-toggled':
      return { ...view, mouse: view.mouse === 'on' ? 'off' : 'on' };
    case 'detail-marked':
      return { ...view, detailsAt: action.at };
    case 'wheeled': {
      const over = moved({ ...view, focus: action.pane }, action.move, scene);
      return { ...over, focus: view.focus };
    }
    case 'page-opened':
      return { ...view, focus: 'details', page: action.page, detailsAt: null };
    case 'page-changed':
      return { ...view, page: neighbourPage(view.page, action.by), detailsAt: null };
    case 'entry-toggled': {
      const { log } = panesOf(view, scene);
      return log === null ? view : withEntryToggled(view, log);
    }
    case 'log': {
      const { log } = panesOf(view, scene);
      return log === null ? view : withLog(view, changedLog(log, action.action));
    }
    case 'dialog-opened':
      return { ...view, dialog: action.dialog };
    case 'dialog-closed':
      return view.dialog === null ? view : { ...view, dialog: null };
    case 'form-changed':
      return formChanged(view, action.change, scene);
    case 'written':
      return written(view, action.edit, scene);
    case 'noticed':
      return { ...view, notice: action.notice };
    case 'touched':
      return { ...view, touchedAt: action.at };
    case 'mark-toggled':
      return moved(withMarkToggled(view), 'down', scene);
    case 'all-shown':
      return allShown(view);
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

function allShown(view: View): View {
  const shown = { ...view, filter: noFilter, dialog: null };
  if (view.dialog?.kind === 'filter') return { ...shown, filter: { ...view.filter, name: '' } };
  return view.marked.size > 0 ? { ...view, marked: new Set() } : shown;
}

const panes: readonly PaneName[] = ['tasks', 'log', 'details'];

function neighbourPane(pane: PaneName, by: 1 | -1): PaneName {
  return panes[(panes.indexOf(pane) + by + panes.length) % panes.length] ?? 'tasks';
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
