// How one looks at the board: what is selected, which pane has the keys, how far each is scrolled, what lies over
// them. Tasks are held by name, so that the selection stays with its task when others come, go or change places.

import type { DetailsPage } from './details-page.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { Command } from '../keys/command.ts';
import { commands } from '../keys/keymap.ts';
import type { PaneName } from './layout.ts';
import type { JumpTarget } from './jump-target.ts';
import { isPlainlyFollowing, logViewOf, type LogView } from './log/view.ts';
import type { Notice } from '../rows/status-rows.ts';
import { noFilter, type TaskFilter } from './task-filter.ts';

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
  /** A place in the selected task's log that is not read so far yet: one gets there as soon as it is. */
  readonly goingTo: JumpTarget | null;
  readonly dialog: Dialog | null;
  readonly notice: Notice | null;
};

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
    goingTo: null,
    dialog: null,
    notice: null,
    ...own,
  };
}

/** The selected task's log seen in another way. */
export function withLog(view: View, log: LogView): View {
  if (view.selected === null) return view;
  const logs = new Map(view.logs);
  if (isPlainlyFollowing(log)) logs.delete(view.selected);
  else logs.set(view.selected, logViewOf(log));
  return { ...view, logs };
}
