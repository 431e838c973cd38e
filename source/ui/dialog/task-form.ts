// The form for a new task: description, name, sandbox, whether it gets a worktree (in a repository), which task it comes
// after, and whether its plan is looked at first. The settings that are used less are folded (more-rows.ts). The name is
// generated from the description until the user types one.

import type { TaskView } from '../../core/task/board.ts';
import { isInProject, type ProjectView } from '../../core/task/project-view.ts';
import { isTaskName, type Sandbox } from '../../core/task/task.ts';
import { foldedRows, givenIn, moreFields, type MoreField, type MoreRows } from './more-rows.ts';
import { emptyField, type FieldEdit, type TextField } from './text-field.ts';

export type FormField = OwnField | MoreField;

export type OwnField = 'description' | 'name' | 'sandbox' | 'worktree' | 'after' | 'plan';

/** Whether the task gets a branch and a git worktree of its own. */
export type WorktreeChoice = {
  readonly chosen: 'own' | 'none';
  /** The user is asked before the task starts where others run; once. */
  readonly asks: boolean;
};

export type TaskForm = {
  /** Where the task will be; null if there is only one project. */
  readonly project: ProjectView | null;
  readonly description: TextField;
  /** Empty: the suggested name is used. */
  readonly name: TextField;
  readonly suggestedName: string;
  readonly sandbox: Sandbox;
  /** Null where there can be none: the project is in no repository. */
  readonly worktree: WorktreeChoice | null;
  /** The task that is to be done before it; null if it starts at once. */
  readonly after: string | null;
  /** The tasks that it can come after: those that are not done. */
  readonly others: readonly string[];
  /** Whether the user looks at the plan before the task goes on. */
  readonly looksAtPlan: boolean;
  readonly more: MoreRows;
  readonly field: FormField;
  /** One sentence that says why the task cannot be started. */
  readonly error: string | null;
  /** One sentence that the user answers before the task starts. */
  readonly question: string | null;
};

export type FormChange =
  | { readonly type: 'edit'; readonly edit: FieldEdit }
  /** The whole description. */
  | { readonly type: 'described'; readonly text: string }
  | { readonly type: 'next-field' }
  | { readonly type: 'previous-field' }
  /** Whether the task should have a worktree is asked before it starts. */
  | { readonly type: 'asked'; readonly sentence: string }
  /** The task cannot be started; `field` is where the user can fix it. */
  | { readonly type: 'refused'; readonly sentence: string; readonly field?: FormField };

export type FormFacts = { readonly takenNames: readonly string[]; readonly now: number };

export const emptyForm: TaskForm = {
  project: null,
  description: emptyField,
  name: emptyField,
  suggestedName: '',
  sandbox: 'workspace-write',
  worktree: null,
  after: null,
  others: [],
  looksAtPlan: false,
  more: foldedRows,
  field: 'description',
  error: null,
  question: null,
};

/** The tasks beside which the new one will be. */
export function tasksBeside(
  { project }: Pick<TaskForm, 'project'>,
  tasks: readonly TaskView[],
): readonly TaskView[] {
  return project === null ? tasks : tasks.filter((task) => isInProject(task, project));
}

/** False: nothing was typed. */
export function isWorthKeeping({ description, name }: TaskForm): boolean {
  return description.text.trim() !== '' || name.text.trim() !== '';
}

/** A draft that has no error is opened with its less used settings folded. */
export function folded(form: TaskForm): TaskForm {
  if (form.error !== null) return form;
  const isRow = moreFields.some((row) => row === form.field);
  const more = { ...form.more, isUnfolded: false };
  return { ...form, more, field: isRow ? 'more' : form.field };
}

/** The name that the task would get. */
export function formName({ name, suggestedName }: TaskForm): string {
  return name.text.trim() === '' ? suggestedName : name.text.trim();
}

/** Why the task cannot be started, and the field where the user can fix it; null if it can. */
export function formProblem(
  form: TaskForm,
  { takenNames }: Pick<FormFacts, 'takenNames'>,
): { field: FormField; sentence: string } | null {
  if (form.description.text.trim() === '') {
    return { field: 'description', sentence: 'Describe what should be done' };
  }
  const name = formName(form);
  if (!isTaskName(name)) {
    return { field: 'name', sentence: 'Names can have letters, digits, - _ and ., at most 64' };
  }
  if (takenNames.includes(name)) {
    return { field: 'name', sentence: `There is already a task ${name}` };
  }
  const given = givenIn(form.more);
  return 'given' in given ? null : given;
}
