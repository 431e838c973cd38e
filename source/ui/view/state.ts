// The view of the board: the selected task, the focused pane, the scroll positions, the open dialog. Tasks are referred
// to by key, so that the selection stays with its task when others come, go or move.

import { type TaskKey } from '../../core/task/task-key.ts';
import type { StepName } from '../../core/edit/step-name.ts';
import type { DetailsPage } from './details-page.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { TaskForm } from '../dialog/task-form.ts';
import type { Command } from '../keys/command.ts';
import type { ChangesView } from './changes/view.ts';
import type { PaneName } from './layout.ts';
import type { JumpTarget } from './jump-target.ts';
import { isPlainlyFollowing, logViewOf, type LogView } from './log/view.ts';
import type { Notice } from '../rows/status-rows.ts';
import type { DoneTasks } from './tasks/shown-tasks.ts';
import type { Sorting } from './tasks/task-order.ts';
import { noFilter, type TaskFilter } from './tasks/task-filter.ts';

export type View = {
  /** Null while there is no task. */
  readonly selected: TaskKey | null;
  /** The tasks in the order of the screen; null before the first look at the disk. */
  readonly order: readonly TaskKey[] | null;
  readonly sorting: Sorting;
  /** When the last key was pressed, epoch ms: for a while after that, tasks are not sorted again. */
  readonly touchedAt: number;
  readonly filter: TaskFilter;
  /** Whether the list shows done tasks. */
  readonly done: DoneTasks;
  /** Commands apply to all of these. */
  readonly marked: ReadonlySet<TaskKey>;
  /** The last index of the selected task: if the task vanishes, the nearest one is selected. */
  readonly selectedIndex: number;
  /** A task that was just started or brought back, to be selected as soon as it appears. */
  readonly awaited: TaskKey | null;
  readonly focus: PaneName;
  /** Zoomed: the focused pane takes the whole screen. */
  readonly zoom: 'zoomed' | 'none';
  readonly page: DetailsPage;
  /** The mark in the details; null until the user moves it. */
  readonly detailsAt: number | null;
  /** The step that the user changed last, until the mark is moved. `changedAt`: monotonic ms. */
  readonly changedStep: {
    readonly task: TaskKey;
    readonly step: StepName;
    readonly changedAt: number;
  } | null;
  /** Off: the terminal's own selection works. */
  readonly mouse: 'on' | 'off';
  /** The keymap with the user's own keys. */
  readonly commands: readonly Command[];
  /** Index of the first task in view. */
  readonly tasksTop: number;
  /** The log of a task that is not in it follows its end. */
  readonly logs: ReadonlyMap<TaskKey, LogView>;
  /** A place in the selected task's log that has not been read yet; the view goes there as soon as it has. */
  readonly goingTo: JumpTarget | null;
  /** The page "What it changed"; null unless it has the keys. */
  readonly changes: ChangesView | null;
  readonly dialog: Dialog | null;
  /** What was typed into the form for a new task before it was closed: of each project at most one. */
  readonly drafts: readonly TaskForm[];
  /** What was written to a task and is not told. */
  readonly tellDrafts: ReadonlyMap<TaskKey, string>;
  readonly notice: Notice | null;
};

/** The part of the view that comes from the user's configuration. */
export type OwnView = Pick<View, 'commands'> & Partial<Pick<View, 'mouse' | 'notice'>>;

/** `selected`: the task that the dashboard was opened for, which may not be on the disk yet. */
export function initialView(own: OwnView, selected: TaskKey | null = null): View {
  return {
    selected: null,
    order: null,
    sorting: 'state',
    touchedAt: -Infinity,
    filter: noFilter,
    done: 'by themselves',
    marked: new Set(),
    selectedIndex: 0,
    awaited: selected,
    focus: 'tasks',
    zoom: 'none',
    page: 'steps',
    detailsAt: null,
    changedStep: null,
    mouse: 'on',
    tasksTop: 0,
    logs: new Map(),
    goingTo: null,
    changes: null,
    dialog: null,
    drafts: [],
    tellDrafts: new Map(),
    notice: null,
    ...own,
  };
}

/** The view with another view of the selected task's log. */
export function withLog(view: View, log: LogView): View {
  if (view.selected === null) return view;
  const logs = new Map(view.logs);
  if (isPlainlyFollowing(log)) logs.delete(view.selected);
  else logs.set(view.selected, logViewOf(log));
  return { ...view, logs };
}
