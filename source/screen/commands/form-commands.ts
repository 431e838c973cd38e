// Starts the task that the form describes, or shows in the form why it cannot.

import { formName, formProblem, type TaskForm } from '../../ui/dialog/task-form.ts';
import type { CommandDeps } from './command-deps.ts';

export function startForm(deps: CommandDeps): void {
  const { store } = deps;
  const { dialog } = store.view();
  if (dialog?.kind !== 'new task') return;
  const { form } = dialog;
  const takenNames = store.scene().board.tasks.map(({ name }) => name);
  const problem = formProblem(form, { takenNames });
  if (problem !== null) return refuse(deps, problem.sentence, problem.field);
  const name = formName(form);
  const description = form.description.text.trim();
  void deps.codex.start({ name, description, sandbox: form.sandbox }).then((answer) => {
    if (!answer.ok) return refuse(deps, answer.sentence);
    store.act({ type: 'dialog-closed' });
    store.act({ type: 'selected', name });
  });
}

function refuse({ store }: CommandDeps, sentence: string, field?: TaskForm['field']): void {
  const change = { type: 'refused' as const, sentence, ...(field === undefined ? {} : { field }) };
  store.act({ type: 'form-changed', change });
}
