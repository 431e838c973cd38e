// What the user is about to tell a task.

import { longestGuidance } from '../../core/guidance/guidance.ts';
import type { TaskView } from '../../core/task/board.ts';
import { keyOf, type TaskKey } from '../../core/task/task-key.ts';
import { editedField, emptyField, type FieldEdit, type TextField } from './text-field.ts';

export type Tell = {
  readonly kind: 'tell';
  /** The task's key, and its name, safe to print. */
  readonly task: TaskKey;
  readonly label: string;
  readonly field: TextField;
  /** One sentence that says why it was not told. */
  readonly problem: string | null;
};

export function emptyTell(task: TaskView): Tell {
  return { kind: 'tell', task: keyOf(task), label: task.label, field: emptyField, problem: null };
}

/** One character more than can be told: a text that was cut would be told as if it were whole. */
const limits = { maxLength: longestGuidance + 1, lines: 'many' } as const;

export function editedTell(tell: Tell, edit: FieldEdit): Tell {
  return { ...tell, field: editedField(tell.field, edit, limits), problem: null };
}
