// The question before a task is deleted. Nothing brings it back, so Enter does not answer it.

import type { TaskView } from '../../core/task/board.ts';
import { keyOf } from '../../core/task/task-key.ts';
import type { Confirm } from './dialog.ts';

/** `would`: what goes and what stays, one line each. */
export function askToDelete(task: TaskView, would: readonly string[]): Confirm {
  return {
    title: 'Delete',
    question: `Delete ${task.label}? Nothing brings it back`,
    detail: would,
    yes: 'delete',
    command: 'delete',
    tasks: [keyOf(task)],
  };
}

/** Only `y` confirms it: Enter is pressed too easily. */
export function isOnlyByY({ command }: Confirm): boolean {
  return command === 'delete';
}
