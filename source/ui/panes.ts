// What each pane is given: the view and the world, cut to the rectangles of the layout.

import type { Board, TaskView } from '../core/board.ts';
import type { Entry } from '../core/entry.ts';
import type { KeyContext } from './keymap.ts';
import { layoutFor, type Layout, type ScreenSize } from './layout.ts';
import { followingLog, type LogPane } from './rows/log-rows.ts';
import type { TaskPane } from './rows/task-rows.ts';
import { isTurning } from './state-words.ts';
import type { View } from './view-state.ts';

/** The world as the screen sees it. */
export type Scene = {
  readonly board: Board;
  /** The log that was read, and whose it is: for a moment after a move it may be another task's. */
  readonly log: { readonly task: string; readonly entries: readonly Entry[] } | null;
  readonly size: ScreenSize;
  readonly now: number;
  /** Of the one animation. */
  readonly tick: number;
};

export type Panes = {
  readonly layout: Layout;
  readonly tasks: TaskPane | null;
  readonly log: LogPane | null;
};

export function panesOf(view: View, scene: Scene): Panes {
  const { board, log, size, now, tick } = scene;
  const layout = layoutFor(size, { focus: view.focus, taskCount: board.tasks.length });
  if (layout.kind === 'too small') return { layout, tasks: null, log: null };
  return {
    layout,
    tasks: layout.tasks && {
      tasks: board.tasks,
      selected: view.selected,
      top: view.tasksTop,
      form: layout.form,
      width: layout.tasks.width,
      height: layout.tasks.height,
      now,
      tick,
    },
    log:
      layout.log === null || log === null || log.task !== view.selected
        ? null
        : {
            ...(view.logs.get(log.task) ?? followingLog),
            entries: log.entries,
            isLive: isTurning(selectedTask(view, board)?.state.word ?? 'idle'),
            width: layout.log.width,
            height: layout.log.height,
            now,
            tick,
          },
  };
}

export function selectedTask(view: View, { tasks }: Board): TaskView | null {
  return tasks.find(({ name }) => name === view.selected) ?? null;
}

/** What the keymap is asked with. */
export function keyContextOf(view: View, board: Board): KeyContext {
  return { task: selectedTask(view, board), focus: view.focus, dialog: view.dialog };
}
