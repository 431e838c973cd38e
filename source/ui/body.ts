// What stands below the header: the panes, the hairlines around them with what is set into those, status, footer.

import { keyContextOf, selectedTask, type Panes, type Scene } from './panes.ts';
import { emptyLogRows } from './rows/empty-rows.ts';
import { footerRow } from './rows/footer-rows.ts';
import { hairline } from './rows/hairline.ts';
import { logMark, logRows } from './rows/log-rows.ts';
import { logTitle } from './rows/log-title.ts';
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
import { statusRow, urgentRow } from './rows/status-rows.ts';
import { taskRows } from './rows/task-rows.ts';
import { tasksTitle } from './rows/task-window.ts';
import type { View } from './view-state.ts';

export type BodyState = Scene & { readonly view: View };

export function bodyRows(state: BodyState, panes: Panes): Row[] {
  const { columns: width } = state.size;
  const { layout } = panes;
  switch (layout.kind) {
    case 'too small':
      return [];
    case 'wide': {
      const left = layout.tasks?.width ?? 0;
      const right = layout.log?.width ?? 0;
      const log = logPaneRows(state, panes);
      return [
        [...tasksLine(state, panes, left), run('┬', dim), ...logLine(state, right, [])],
        ...tasksPaneRows(panes).map((row, y) => [...row, run('│', dim), ...(log[y] ?? [])]),
        [
          ...hairline({ width: left }),
          run('┴', dim),
          ...hairline({ width: right, mark: markOf(panes) }),
        ],
        ...lastRows(state, panes),
      ];
    }
    case 'stacked':
      return [
        tasksLine(state, panes, width),
        ...tasksPaneRows(panes),
        logLine(state, width, []),
        ...logPaneRows(state, panes),
        hairline({ width, mark: markOf(panes) }),
        ...lastRows(state, panes),
      ];
    case 'single':
      return [
        ...(layout.log === null
          ? tasksPaneRows(panes)
          : [logLine(state, width, markOf(panes)), ...logPaneRows(state, panes)]),
        ...lastRows(state, panes),
      ];
    default:
      return layout satisfies never;
  }
}

function tasksPaneRows({ tasks }: Panes): Row[] {
  return tasks === null ? [] : taskRows(tasks);
}

function logPaneRows({ view, board }: BodyState, { layout, log }: Panes): Row[] {
  if (layout.kind === 'too small' || layout.log === null) return [];
  const task = selectedTask(view, board);
  if (log === null) return filled([], layout.log);
  return log.entries.length === 0 ? emptyLogRows({ ...layout.log, task }) : logRows(log);
}

function tasksLine({ view }: BodyState, { tasks }: Panes, width: number): Row {
  const title = [
    run(tasks === null ? 'Tasks' : tasksTitle(tasks), titleStyle(view.focus === 'tasks')),
  ];
  return hairline({ width, title });
}

function logLine(state: BodyState, width: number, mark: StyleRun[]): Row {
  const { view, board, now } = state;
  const style = titleStyle(view.focus === 'log');
  const room = width - 4 - (mark.length === 0 ? 0 : runsWidth(mark) + 5);
  const title = logTitle({ task: selectedTask(view, board), width: room, now, style });
  return hairline({ width, title, mark });
}

function markOf({ log }: Panes): StyleRun[] {
  return log === null ? [] : logMark(log);
}

function lastRows({ view, board, size }: BodyState, { layout }: Panes): Row[] {
  const width = size.columns;
  const { notice } = view;
  // Behind a dialog stands what stood there before; the dialog has its keys with it.
  const footer = footerRow({ ...keyContextOf(view, board), dialog: null }, width);
  if (layout.kind === 'too small') return [];
  if (layout.hasStatus) {
    return [statusRow({ board, task: selectedTask(view, board), notice, width }), footer];
  }
  return [urgentRow({ board, notice, width }) ?? footer];
}

function titleStyle(isFocused: boolean): Style {
  return isFocused ? { color: 'accent', bold: true } : plain;
}
