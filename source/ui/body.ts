// Everything below the header: the panes, the hairlines with their titles and marks, the status row and the footer.

import type { Layout } from './view/layout.ts';
import { glyphs } from './look/glyphs.ts';
import { keyContextOf, selectedTask, type Panes, type Scene } from './view/panes.ts';
import { changesRows } from './rows/changes/changes-rows.ts';
import { detailsRows } from './rows/details/details-rows.ts';
import { detailsTitle } from './rows/details/details-title.ts';
import { archivedTasks } from '../core/task/archived.ts';
import { projectOf } from '../core/task/project-view.ts';
import { allArchivedRows, emptyLogRows, noTaskRows } from './rows/log/empty-rows.ts';
import { askRow, filterRow, footerRow } from './rows/footer-rows.ts';
import { hairline } from './rows/hairline.ts';
import { logMark, logRows } from './rows/log/log-rows.ts';
import { logTitle } from './rows/log/log-title.ts';
import {
  dim,
  filled,
  plain,
  run,
  runsWidth,
  type Row,
  type Style,
  type StyleRun,
} from './rows/row.ts';
import { saysOf, statusRows, urgentRow } from './rows/status-rows.ts';
import { taskRows } from './rows/tasks/task-rows.ts';
import { tasksTitle } from './rows/tasks/task-window.ts';
import { followingLog } from './view/log/view.ts';
import { isFiltering } from './view/tasks/task-filter.ts';
import type { View } from './view/state.ts';

type BodyState = Scene & { readonly view: View };

export function bodyRows(state: BodyState, panes: Panes): Row[] {
  const { columns: width } = state.size;
  const { layout } = panes;
  switch (layout.kind) {
    case 'too small':
      return [];
    case 'wide':
      return [...wideRows(state, panes, layout), ...lastRows(state, panes)];
    case 'stacked':
      return [
        tasksLine(state, panes, width),
        ...tasksPaneRows(state, panes),
        ...(layout.log === null
          ? [detailsLine(panes, width), ...detailsPaneRows(panes)]
          : [logLine(state, width, []), ...logPaneRows(state, panes)]),
        hairline({ width, mark: markOf(panes) }),
        ...lastRows(state, panes),
      ];
    case 'single':
      return [...singleRows(state, panes, layout), ...lastRows(state, panes)];
    default:
      return layout satisfies never;
  }
}

type ArrangedLayout = Exclude<Layout, { kind: 'too small' }>;

/** Left: tasks, and details below them if there is room. Right: the log, or details in its place. */
function wideRows(state: BodyState, panes: Panes, layout: ArrangedLayout): Row[] {
  const left = layout.tasks?.width ?? 0;
  const right = state.size.columns - left - 1;
  const isBelow = layout.details !== null && layout.log !== null;
  const leftRows = [
    ...tasksPaneRows(state, panes).map((row): Row => [...row, run('│', dim)]),
    ...(isBelow
      ? [
          [...detailsLine(panes, left), run('┤', dim)],
          ...detailsPaneRows(panes).map((row): Row => [...row, run('│', dim)]),
        ]
      : []),
  ];
  const isLog = layout.log !== null;
  const rightRows = isLog ? logPaneRows(state, panes) : detailsPaneRows(panes);
  const rightLine = isLog ? logLine(state, right, []) : detailsLine(panes, right);
  return [
    [...tasksLine(state, panes, left), run('┬', dim), ...rightLine],
    ...leftRows.map((row, y) => [...row, ...(rightRows[y] ?? [])]),
    [
      ...hairline({ width: left }),
      run('┴', dim),
      ...hairline({ width: right, mark: markOf(panes) }),
    ],
  ];
}

function singleRows(state: BodyState, panes: Panes, layout: ArrangedLayout): Row[] {
  if (panes.changes !== null) return changesRows(panes.changes);
  const { columns: width } = state.size;
  if (layout.log !== null) {
    return [logLine(state, width, markOf(panes)), ...logPaneRows(state, panes)];
  }
  if (layout.details !== null) return [detailsLine(panes, width), ...detailsPaneRows(panes)];
  return tasksPaneRows(state, panes);
}

function tasksPaneRows({ view, board }: BodyState, { tasks }: Panes): Row[] {
  if (tasks === null) return [];
  if (tasks.tasks.length > 0) return taskRows(tasks);
  if (!isFiltering(view.filter)) {
    return archivedTasks(board.tasks).length > 0 ? allArchivedRows(tasks) : taskRows(tasks);
  }
  return noTaskRows({ ...tasks, text: view.filter.text });
}

function detailsPaneRows({ details }: Panes): Row[] {
  return details === null ? [] : detailsRows(details);
}

function detailsLine({ details }: Panes, width: number): Row {
  return hairline({ width, title: details === null ? [] : detailsTitle(details, width - 4) });
}

function logPaneRows({ view, board }: BodyState, { layout, log }: Panes): Row[] {
  if (layout.kind === 'too small' || layout.log === null) return [];
  const task = selectedTask(view, board);
  if (log === null) {
    // A task that was asked for just now is not on disk yet.
    return task?.state.word === 'starting'
      ? emptyLogRows({ ...noLog, ...layout.log, task })
      : filled([], layout.log);
  }
  return log.entries.length === 0 ? emptyLogRows({ ...log, task }) : logRows(log);
}

const noLog = { problem: null, reading: null, filter: followingLog.filter } as const;

function tasksLine({ view }: BodyState, { tasks }: Panes, width: number): Row {
  const title = [
    run(tasks === null ? 'Tasks' : tasksTitle(tasks), titleStyle(view.focus === 'tasks')),
    ...filterRuns(view),
  ];
  return hairline({ width, title });
}

function logLine(state: BodyState, width: number, mark: StyleRun[]): Row {
  const { view, board, now } = state;
  const style = titleStyle(view.focus === 'log');
  const room = width - 4 - (mark.length === 0 ? 0 : runsWidth(mark) + 5);
  const task = selectedTask(view, board);
  const project = task === null ? null : projectOf(task, board.projects ?? []);
  const title = logTitle({ task, project: project?.label ?? null, width: room, now, style });
  return hairline({ width, title, mark });
}

function markOf({ log }: Panes): StyleRun[] {
  return log === null ? [] : logMark(log);
}

function lastRows(state: BodyState, { layout }: Panes): Row[] {
  const { view, board, size, now } = state;
  const width = size.columns;
  const { notice } = view;
  // Behind a dialog the footer stays as it was; the dialog shows its own keys.
  const context = keyContextOf(view, state);
  const footer =
    view.dialog?.kind === 'filter'
      ? filterRow(view.dialog.field, context, width)
      : view.dialog?.kind === 'ask'
        ? askRow(view.dialog, context, width)
        : footerRow({ ...context, dialog: null }, width);
  if (layout.kind === 'too small') return [];
  if (layout.hasStatus) {
    const task = selectedTask(view, board);
    const status = { board, task, notice, width, now, says: saysOf(layout) };
    return [...statusRows(status, layout.statusRows ?? 1), footer];
  }
  const isAsked = view.dialog?.kind === 'filter' || view.dialog?.kind === 'ask';
  const urgent = isAsked ? null : urgentRow({ board, notice, width });
  return [urgent ?? footer];
}

/** ` · running · 3 marked` */
function filterRuns({ filter, marked }: View): StyleRun[] {
  const parts = [
    ...(filter.group === null ? [] : [filter.group]),
    ...(filter.text === '' ? [] : [`“${filter.text}”`]),
    ...(marked.size === 0 ? [] : [`${marked.size} marked`]),
  ];
  return parts.flatMap((part) => [run(` ${glyphs.between} `, dim), run(part)]);
}

function titleStyle(isFocused: boolean): Style {
  return isFocused ? { color: 'accent', bold: true } : plain;
}
