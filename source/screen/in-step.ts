// One moment for the whole screen: the selected task's list is read twice, for its row and for its details. Whichever
// came later counts for both, so a tick is never in one of them alone.

import { progressOf, type TaskDetails } from '../core/task/details.ts';
import type { Board } from '../core/task/board.ts';
import { keyOf } from '../core/task/task-key.ts';

/** The board with the counts of the task that the details show; the same object while nothing changes. */
export function createInStep(): (board: Board, details: TaskDetails | null) => Board {
  let last: { of: Board; details: TaskDetails; board: Board } | null = null;
  return (board, details) => {
    if (details === null || details.steps.length === 0) return board;
    if (last?.of === board && last.details === details) return last.board;
    last = { of: board, details, board: withProgress(board, details) };
    return last.board;
  };
}

function withProgress(board: Board, details: TaskDetails): Board {
  const progress = progressOf(details);
  const index = board.tasks.findIndex((task) => keyOf(task) === details.task);
  const task = board.tasks[index];
  const isSame =
    task === undefined ||
    !task.hasList ||
    (task.done === progress.done && task.total === progress.total);
  return isSame ? board : { ...board, tasks: board.tasks.with(index, { ...task, ...progress }) };
}
