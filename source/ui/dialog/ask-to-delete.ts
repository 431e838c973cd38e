// The question before a task is deleted. Nothing brings it back, so Enter does not answer it.

import type { TaskView } from '../../core/task/board.ts';
import type { Confirm } from './dialog.ts';

/** `would`: what goes and what stays, one line each. */
export function askToDelete({ name, label }: TaskView, would: readonly string[]): Confirm {
  return {
    title: 'Delete',
    question: `Delete ${label}? Nothing brings it back`,
    detail: would,
    yes: 'delete',
    command: 'delete',
    tasks: [name],
  };
}

/** Only `y` confirms it: Enter is pressed too easily. */
export function isOnlyByY({ command }: Confirm): boolean {
  return command === 'delete';
}
