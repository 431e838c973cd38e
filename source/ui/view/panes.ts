// What each pane draws: the view and the data, cut to the rectangles of the layout.

import type { Board, TaskView } from '../../core/task/board.ts';
import type { Entry } from '../../core/log/entry.ts';
import { isFiltered } from '../../core/log/filter.ts';
import type { SessionSummary } from '../../core/log/session-summary.ts';
import type { LogSnapshot } from '../../core/log/snapshot.ts';
import type { TaskDetails } from '../../core/task/details.ts';
import type { KeyContext } from '../keys/command.ts';
import { layoutFor, type Layout, type ScreenSize } from './layout.ts';
import type { DetailsPane } from '../rows/details/details-rows.ts';
import { followingLog } from './log/view.ts';
import type { LogPane } from '../rows/log/log-rows.ts';
import type { TaskPane } from '../rows/tasks/task-pane.ts';
import { shownTasks } from './shown-tasks.ts';
import { isTurning } from '../look/state-words.ts';
import { isFiltering } from './task-filter.ts';
import type { View } from './state.ts';

/** All data that the screen draws from. */
export type Scene = {
  readonly board: Board;
  /** The log that was read, and of which task: just after the selection moved it may still be the previous task's. */
  readonly log: SeenLog | null;
  /** The details; like the log, they may still be the previous task's. */
  readonly details?: TaskDetails | null;
  readonly size: ScreenSize;
  readonly now: number;
  /** Number of the animation frame: all spinners share one animation. */
  readonly animationFrame: number;
};

/** A missing field has its default: the log is short and has been read whole. */
export type SeenLog = {
  readonly task: string;
  readonly entries: readonly Entry[];
} & Partial<Omit<LogSnapshot, 'entries'>>;

export type Panes = {
  readonly layout: Layout;
  readonly tasks: TaskPane | null;
  readonly details: DetailsPane | null;
  readonly log: LogPane | null;
};

export function panesOf(view: View, scene: Scene): Panes {
  const { board, log, size, now, animationFrame } = scene;
  const tasks = shownTasks(view, board);
  const layout = layoutFor(size, { focus: view.focus, taskCount: tasks.length, zoom: view.zoom });
  if (layout.kind === 'too small') return { layout, tasks: null, details: null, log: null };
  const task = selectedTask(view, board);
  const details = scene.details?.task === view.selected ? scene.details : null;
  const shownLog = log?.task === view.selected ? log : null;
  return {
    layout,
    tasks: layout.tasks && {
      tasks,
      selected: view.selected,
      marked: view.marked,
      top: view.tasksTop,
      form: layout.form,
      width: layout.tasks.width,
      height: layout.tasks.height,
      now,
      animationFrame,
    },
    details: layout.details && {
      page: view.page,
      task,
      details,
      sessions: shownLog === null ? null : sessionsOf(shownLog),
      at: view.detailsAt,
      isFocused: view.focus === 'details',
      isAlone: layout.tasks === null,
      width: layout.details.width,
      height: layout.details.height,
      now,
      animationFrame,
    },
    log:
      layout.log === null || shownLog === null
        ? null
        : {
            ...(view.logs.get(shownLog.task) ?? followingLog),
            ...surroundingsOf(shownLog),
            entries: shownLog.entries,
            ticks: details?.ticks ?? [],
            isLive: isTurning(task?.state.word ?? 'idle'),
            width: layout.log.width,
            height: layout.log.height,
            now,
            animationFrame,
          },
  };
}

const noSessions: readonly SessionSummary[] = [];

function sessionsOf({ sessions }: SeenLog): readonly SessionSummary[] | null {
  return sessions === undefined ? noSessions : sessions;
}

function surroundingsOf(log: SeenLog) {
  const { extent, filter, lead, newerThan, reading, search, problem } = log;
  return {
    landmarks: log.landmarks ?? [],
    sleeps: log.sleeps ?? [],
    ...(extent === undefined ? {} : { extent }),
    ...(filter === undefined ? {} : { pickedBy: filter }),
    ...(newerThan === undefined ? {} : { newerThan }),
    lead: lead ?? null,
    reading: reading ?? null,
    results: search ?? null,
    problem: problem ?? null,
  };
}

export function selectedTask(view: View, { tasks }: Board): TaskView | null {
  return tasks.find(({ name }) => name === view.selected) ?? null;
}

/** The context for the keymap. */
export function keyContextOf(view: View, board: Board): KeyContext {
  const log = view.selected === null ? undefined : view.logs.get(view.selected);
  return {
    task: selectedTask(view, board),
    focus: view.focus,
    dialog: view.dialog,
    marked: view.marked.size === 0 ? [] : board.tasks.filter(({ name }) => view.marked.has(name)),
    page: view.page,
    isFiltering: isFiltering(view.filter),
    isSearching: log !== undefined && log.search !== null,
    isLogFiltered: log !== undefined && isFiltered(log.filter),
    zoom: view.zoom,
    mouse: view.mouse,
    commands: view.commands,
  };
}
