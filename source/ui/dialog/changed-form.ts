// What the user does in the form for a new task: types, chooses, and goes from field to field.

import { maxDescriptionLength } from '../../core/codex/prompt.ts';
import { generatedTaskName, unusedTaskName, type Sandbox } from '../../core/task/task.ts';
import { editedRow, moreFields } from './more-rows.ts';
import type {
  FormChange,
  FormFacts,
  FormField,
  OwnField,
  TaskForm,
  WorktreeChoice,
} from './task-form.ts';
import { editedField, fieldWith, type FieldEdit } from './text-field.ts';

const fields: readonly OwnField[] = ['description', 'name', 'sandbox', 'worktree', 'after', 'plan'];

export function changedForm(form: TaskForm, change: FormChange, facts: FormFacts): TaskForm {
  switch (change.type) {
    case 'next-field':
      return { ...form, field: neighbour(form, 1) };
    case 'previous-field':
      return { ...form, field: neighbour(form, -1) };
    case 'refused':
      return { ...form, error: change.sentence, field: change.field ?? form.field };
    case 'asked':
      return {
        ...form,
        worktree: form.worktree && { ...form.worktree, asks: false },
        question: change.sentence,
        field: 'worktree',
      };
    case 'described': {
      const described = { ...form, description: fieldWith(change.text) };
      return { ...suggestedAnew(described, facts), error: null, question: null };
    }
    case 'edit':
      return { ...editedForm(form, change.edit, facts), error: null, question: null };
    default:
      return change satisfies never;
  }
}

/** With a name that is free now. */
export function suggestedAnew(form: TaskForm, facts: FormFacts): TaskForm {
  return { ...form, suggestedName: suggestion(form.description.text, facts) };
}

function editedForm(form: TaskForm, edit: FieldEdit, facts: FormFacts): TaskForm {
  switch (form.field) {
    case 'description': {
      const limits = { maxLength: maxDescriptionLength, lines: 'many' } as const;
      const description = editedField(form.description, edit, limits);
      return { ...form, description, suggestedName: suggestion(description.text, facts) };
    }
    case 'name':
      return { ...form, name: editedField(form.name, edit, { maxLength: 64, lines: 'one' }) };
    case 'sandbox':
      return { ...form, sandbox: chosenSandbox(form.sandbox, edit) };
    case 'worktree':
      return { ...form, worktree: form.worktree && chosenWorktree(form.worktree, edit) };
    case 'after':
      return { ...form, after: nextOther(form, edit) };
    case 'plan':
      return { ...form, looksAtPlan: form.looksAtPlan !== isSwitch(edit) };
    case 'more': {
      const [first] = moreFields;
      if (!isSwitch(edit) || first === undefined) return form;
      return { ...form, more: { ...form.more, isUnfolded: true }, field: first };
    }
    default:
      return { ...form, more: editedRow(form.more, form.field, edit) };
  }
}

function suggestion(description: string, { takenNames, now }: FormFacts): string {
  if (description.trim() === '') return '';
  const wanted = generatedTaskName(description.slice(0, 2000), now);
  return unusedTaskName(wanted, (name) => takenNames.includes(name));
}

/** Left, right and Space choose another value. */
function isSwitch(edit: FieldEdit): boolean {
  return (
    edit.type === 'left' || edit.type === 'right' || (edit.type === 'insert' && edit.text === ' ')
  );
}

function chosenSandbox(sandbox: Sandbox, edit: FieldEdit): Sandbox {
  if (!isSwitch(edit)) return sandbox;
  return sandbox === 'workspace-write' ? 'danger-full-access' : 'workspace-write';
}

/** Whoever has chosen is not asked. */
function chosenWorktree({ chosen, asks }: WorktreeChoice, edit: FieldEdit): WorktreeChoice {
  if (!isSwitch(edit)) return { chosen, asks };
  return { chosen: chosen === 'own' ? 'none' : 'own', asks: false };
}

/** None, and then one task after the other. */
function nextOther({ after, others }: TaskForm, edit: FieldEdit): string | null {
  if (!isSwitch(edit)) return after;
  const all = [null, ...others];
  const by = edit.type === 'left' ? -1 : 1;
  return all[(all.indexOf(after) + by + all.length) % all.length] ?? null;
}

function neighbour({ field, worktree, others, more }: TaskForm, by: 1 | -1): FormField {
  const isThere = (one: OwnField): boolean =>
    one === 'worktree' ? worktree !== null : one !== 'after' || others.length > 0;
  const rest: readonly FormField[] = more.isUnfolded ? moreFields : ['more'];
  const there: readonly FormField[] = [...fields.filter(isThere), ...rest];
  const index = (there.indexOf(field) + by + there.length) % there.length;
  return there[index] ?? 'description';
}
