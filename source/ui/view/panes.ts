// What each pane draws: the view and the data, cut to the rectangles of the layout.

import type { Board, TaskView } from '../../core/task/board.ts';
import { keyOf, type TaskKey } from '../../core/task/task-key.ts';
import type { ChangesSnapshot } from '../../core/changes/changes.ts';
import type { Entry } from '../../core/log/entry.ts';
import type { GuidancePiece } from '../../core/guidance/guidance.ts';
import { isFiltered } from '../../core/log/filter.ts';
import type { SessionSummary } from '../../core/log/session-summary.ts';
import type { LogSnapshot } from '../../core/log/snapshot.ts';
import type { TaskDetails } from '../../core/task/details.ts';
import type { KeyContext } from '../keys/command.ts';
import { keyLabel } from '../keys/keys.ts';
import {
  layoutFor,
  withStatusRows,
  type Layout,
  type PaneName,
  type ScreenSize,
} from './layout.ts';
import type { DetailsPane } from '../rows/details/details-rows.ts';
import { readFor, type ChangesPane } from './changes/view.ts';
import { followingLog } from './log/view.ts';
import { filePlacesOf } from '../rows/file-place.ts';
import type { LogPane } from '../rows/log/log-rows.ts';
import { saysOf, statusHeight } from '../rows/status-rows.ts';
import type { TaskPane } from '../rows/tasks/task-pane.ts';
import { countProjects } from './tasks/grouped-tasks.ts';
import { foldedTasks, shownTasks } from './tasks/shown-tasks.ts';
import { isTurning } from '../look/state-words.ts';
import { archivedTasks, presentTasks } from '../../core/task/archived.ts';
import { isFiltering } from './tasks/task-filter.ts';
import type { View } from './state.ts';

/** All data that the screen draws from. */
export type Scene = {
  readonly board: Board;
  /** The log that was read, and of which task: just after the selection moved it may still be the previous task's. */
  readonly log: SeenLog | null;
  /** The details; like the log, they may still be the previous task's. */
  readonly details?: TaskDetails | null;
  /** What the page "What it changed" shows; it may still be another range's. */
  readonly changes?: ChangesSnapshot | null;
  readonly size: ScreenSize;
  readonly now: number;
  /** Number of the animation frame: all spinners share one animation. */
  readonly animationFrame: number;
};

/** A missing field has its default: the log is short and has been read whole. */
export type SeenLog = {
  readonly task: TaskKey;
  readonly entries: readonly Entry[];
} & Partial<Omit<LogSnapshot, 'entries'>>;

export type Panes = {
  readonly layout: Layout;
  readonly tasks: TaskPane | null;
  readonly details: DetailsPane | null;
  readonly log: LogPane | null;
  readonly changes: ChangesPane | null;
};

export function panesOf(view: View, scene: Scene): Panes {
  const { board, log, size, now, animationFrame } = scene;
  const tasks = shownTasks(view, board);
  const folded = foldedTasks(view, board);
  const whole = layoutFor(size, {
    focus: view.focus,
    taskCount: tasks.length + (folded > 0 ? 1 : 0) + linesOfProjects(tasks, board),
    zoom: view.zoom,
  });
  const task = selectedTask(view, board);
  const status = { board, task, notice: view.notice, now, width: size.columns };
  const layout = withStatusRows(whole, statusHeight({ ...status, says: saysOf(whole) }));
  if (layout.kind === 'too small') {
    return { layout, tasks: null, details: null, log: null, changes: null };
  }
  const details = scene.details?.task === view.selected ? scene.details : null;
  const shownLog = log?.task === view.selected ? log : null;
  return {
    layout,
    tasks: layout.tasks && {
      tasks,
      ...(board.projects === undefined ? {} : { projects: board.projects }),
      folded,
      unfoldKey: keyLabelOf(view, 'tasks', 'done-tasks'),
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
      missing: shownLog?.missing ?? noMissing,
      at: view.detailsAt,
      isFocused: view.focus === 'details',
      isAlone: layout.tasks === null,
      acceptKey: keyLabelOf(view, 'details', 'accept-version'),
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
            ...filePlacesOf(task),
            entries: shownLog.entries,
            ticks: details?.ticks ?? [],
            isLive: isTurning(task?.state.word ?? 'idle'),
            width: layout.log.width,
            height: layout.log.height,
            now,
            animationFrame,
          },
    changes:
      layout.changes == null || view.changes === null
        ? null
        : {
            ...view.changes,
            ...readFor(view.changes, scene.changes ?? null),
            label: task?.label ?? '',
            places: filePlacesOf(task),
            running: task?.session?.endedAt === null ? task.session.number : null,
            width: layout.changes.width,
            height: layout.changes.height,
            now,
          },
  };
}

/** The names of the projects, and those that cannot be shown. */
function linesOfProjects(tasks: readonly TaskView[], { projects }: Board): number {
  if (projects === undefined) return 0;
  return countProjects(tasks) + projects.filter(({ problem }) => problem !== null).length;
}

const noSessions: readonly SessionSummary[] = [];
const noMissing: readonly number[] = [];

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

/** The key of a command in a pane, as the user has set it; empty if it has none. */
function keyLabelOf({ commands }: View, scope: PaneName, id: string): string {
  const command = commands.find((one) => one.scope === scope && one.id === id);
  return keyLabel(command?.keys[0] ?? '');
}

export function selectedTask(view: View, { tasks }: Board): TaskView | null {
  return tasks.find((task) => keyOf(task) === view.selected) ?? null;
}

function doneTasksOf(view: View, board: Board): KeyContext['doneTasks'] {
  if (foldedTasks(view, board) > 0) return 'folded';
  return presentTasks(board.tasks).some(({ state }) => state.word === 'done') ? 'shown' : 'none';
}

/** An edit that is told stands in the list: taken back, it would only not be said. */
function isUsersAndWaits({ told, about }: GuidancePiece): boolean {
  return told === null && about === undefined;
}

/** The context for the keymap. */
export function keyContextOf(
  view: View,
  { board, details, changes }: Pick<Scene, 'board' | 'details' | 'changes'>,
): KeyContext {
  const log = view.selected === null ? undefined : view.logs.get(view.selected);
  return {
    task: selectedTask(view, board),
    focus: view.focus,
    dialog: view.dialog,
    marked:
      view.marked.size === 0 ? [] : board.tasks.filter((task) => view.marked.has(keyOf(task))),
    page: view.page,
    replaced: details?.task === view.selected ? details.replaced : null,
    waiting:
      details?.task === view.selected
        ? (details.guidance?.findLast(isUsersAndWaits) ?? null)
        : null,
    archived: archivedTasks(board.tasks),
    hasNews: board.away != null,
    isFiltering: isFiltering(view.filter),
    doneTasks: doneTasksOf(view, board),
    isSearching: log !== undefined && log.search !== null,
    isLogFiltered: log !== undefined && isFiltered(log.filter),
    changes: view.changes && {
      at: view.changes.at,
      isSearching: view.changes.search !== null,
      hasFiles: (changes?.files?.length ?? 0) > 0,
    },
    zoom: view.zoom,
    mouse: view.mouse,
    commands: view.commands,
  };
}
