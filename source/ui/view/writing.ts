// Typed text goes into the open dialog, if it has a text field.

import { editedAsk, problemWith } from '../dialog/ask-line.ts';
import type { Scene } from './panes.ts';
import { changedForm, type FormChange } from '../dialog/task-form.ts';
import { editedField, type FieldEdit } from '../dialog/text-field.ts';
import type { View } from './state.ts';

export function formChanged(view: View, change: FormChange, scene: Scene): View {
  if (view.dialog?.kind !== 'new task') return view;
  const facts = { takenNames: scene.board.tasks.map(({ name }) => name), now: scene.now };
  const form = changedForm(view.dialog.form, change, facts);
  return { ...view, dialog: { ...view.dialog, form } };
}

const oneLine = { maxLength: 100, lines: 'one' } as const;

export function written(view: View, edit: FieldEdit, scene: Scene): View {
  const { dialog } = view;
  switch (dialog?.kind) {
    case 'new task':
      return formChanged(view, { type: 'edit', edit }, scene);
    case 'filter': {
      const field = editedField(dialog.field, edit, oneLine);
      const filter = { ...view.filter, name: field.text.trim() };
      return { ...view, filter, dialog: { ...dialog, field } };
    }
    case 'ask': {
      const field = editedAsk(dialog, edit);
      return { ...view, dialog: { ...dialog, field, problem: problemWith({ ...dialog, field }) } };
    }
    case 'palette':
      return {
        ...view,
        dialog: { ...dialog, field: editedField(dialog.field, edit, oneLine), at: 0 },
      };
    default:
      return view;
  }
}
