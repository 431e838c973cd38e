// What the user is about to tell a task.

import { longestGuidance } from '../../core/guidance/guidance.ts';
import type { TaskView } from '../../core/task/board.ts';
import { keyOf, type TaskKey } from '../../core/task/task-key.ts';
import { editedField, fieldWith, type FieldEdit, type TextField } from './text-field.ts';

export type Tell = {
  readonly kind: 'tell';
  /** The task's key, and its name, safe to print. */
  readonly task: TaskKey;
  readonly label: string;
  readonly field: TextField;
  /** What happens then, if it is not what the keys say; null: nothing else. */
  readonly then: string | null;
  /** One sentence that says why it was not told. */
  readonly problem: string | null;
};

/** `draft`: what was written to the task before. */
export function tellForm(task: TaskView, draft = ''): Tell {
  const { label } = task;
  const field = fieldWith(draft);
  return { kind: 'tell', task: keyOf(task), label, field, then: thenOf(task), problem: null };
}

function thenOf({ state, run }: TaskView): string | null {
  if (state.word === 'done') return 'It is done: this becomes a step, and it goes on.';
  // What is starting has no run yet.
  if (run === null && state.word !== 'starting') return 'It is told when you continue it.';
  return state.word === 'needs you' ? 'It goes on with this at once.' : null;
}

/** One character more than can be told: a text that was cut would be told as if it were whole. */
const limits = { maxLength: longestGuidance + 1, lines: 'many' } as const;

export function editedTell(tell: Tell, edit: FieldEdit): Tell {
  return { ...tell, field: editedField(tell.field, edit, limits), problem: null };
}

/** With what was written, but not told, before the form was opened. */
export function withEarlier(tell: Tell, text: string): Tell {
  const whole = bothTexts(text, tell.field.text);
  const cursor = tell.field.cursor + whole.length - tell.field.text.length;
  return { ...tell, field: { text: whole, cursor } };
}

export function bothTexts(earlier: string, later: string): string {
  return later.trim() === '' ? earlier : `${earlier}\n\n${later}`;
}
