// Frames of a board with any number of tasks; in each frame, a different task has changed.

import {
  emptyBoard,
  reduceBoard,
  type Board,
  type TaskView,
} from '../../source/core/task/board.ts';
import { commands } from '../../source/screen/commands/command-table.ts';
import { createViewStore } from '../../source/screen/view-store.ts';
import { paint, bufferOf, type ScreenBuffer } from '../../source/ui/terminal/painter.ts';
import type { Scene } from '../../source/ui/view/panes.ts';
import { screenRows } from '../../source/ui/screen.ts';
import { darkTheme } from '../../source/ui/look/theme.ts';
import { now, state, task } from '../../test/ui/sample.ts';
import { taskName } from './project.ts';

const size = { columns: 120, rows: 40 };

/** Draws the next frame and returns its bytes. */
export function boardFrames(tasks: number): () => string {
  const running = (number: number, done: number): TaskView =>
    task(taskName(number), { state: state('running'), done, total: 1_000_000 });
  const changed = Array.from({ length: tasks }, (_, number) => running(number, 0));
  let board: Board = reduceBoard(emptyBoard('~/bench'), { type: 'tasks-seen', changed, gone: [] });
  const scene = (): Scene => ({ board, log: null, size, now, animationFrame: 0 });
  const views = createViewStore({ selected: null, own: { commands }, scene: scene() });
  let shown: ScreenBuffer | null = null;
  let frames = 0;
  return () => {
    frames++;
    const one = running(frames % tasks, frames);
    board = reduceBoard(board, { type: 'tasks-seen', changed: [one], gone: [] });
    views.setScene(scene());
    const rows = screenRows({ ...views.scene(), view: views.view(), theme: darkTheme });
    const next = bufferOf(rows, darkTheme, shown);
    const bytes = paint(shown, next);
    shown = next;
    return bytes;
  };
}
