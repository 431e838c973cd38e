// The question before a session is taken back.

import type { TaskView } from '../../core/task/board.ts';
import { keyOf } from '../../core/task/task-key.ts';
import type { Confirm } from './dialog.ts';

/** `would`: what changes and what is left, one line each, as `--undo` says it. */
export function askToUndo(task: TaskView, session: number, would: readonly string[]): Confirm {
  return {
    title: 'Undo',
    question: `Take back session ${session} of ${task.label}?`,
    detail: [...would, 'The files as they are now are kept as a checkpoint'],
    yes: 'take back',
    command: 'undo',
    tasks: [keyOf(task)],
    session,
  };
}
