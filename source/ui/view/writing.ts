// Typed text goes into the open dialog, if it has a text field.

import { isInProject } from '../../core/task/project-view.ts';
import type { TaskKey } from '../../core/task/task-key.ts';
import type { Dialog, WritingForm } from '../dialog/dialog.ts';
import { editedAsk, problemWith } from '../dialog/ask-line.ts';
import { editedSettings } from '../dialog/settings-form.ts';
import { bothTexts, editedTell, withEarlier, type Tell } from '../dialog/tell-form.ts';
import { projectForNew } from './tasks/grouped-tasks.ts';
import { selectedTask, type Scene } from './panes.ts';
import {
  emptyForm,
  isWorthKeeping,
  tasksBeside,
  type FormChange,
  type TaskForm,
  folded,
} from '../dialog/task-form.ts';
import { editedField, fieldWith, type FieldEdit } from '../dialog/text-field.ts';
import type { View } from './state.ts';
import { changedForm, suggestedAnew } from '../dialog/changed-form.ts';

export function formChanged(view: View, change: FormChange, scene: Scene): View {
  if (view.dialog?.kind !== 'new task') return view;
  const form = changedForm(view.dialog.form, change, factsOf(scene, view.dialog.form));
  return { ...view, dialog: { ...view.dialog, form } };
}

/** With the draft; what was free for it may be taken by now, and where there was no worktree, there may be one. */
export function formOpened(
  view: View,
  { sandbox, worktree, looksAtPlan }: Pick<TaskForm, 'sandbox' | 'worktree' | 'looksAtPlan'>,
  scene: Scene,
): View {
  const project = projectForNew(selectedTask(view, scene.board), scene.board);
  const others = tasksBeside({ project }, scene.board.tasks)
    .filter(({ valid, state }) => valid && state.word !== 'done')
    .map(({ name }) => name);
  const draft = draftFor(view, project);
  if (draft === undefined) {
    const form = { ...emptyForm, project, sandbox, worktree, looksAtPlan, others };
    return { ...view, dialog: { kind: 'new task', form } };
  }
  const known = {
    project,
    ...stillThere(draft, others),
    worktree: worktree && (draft.worktree ?? worktree),
  };
  const { field: last } = folded(draft);
  const field = last === 'worktree' && worktree === null ? 'description' : last;
  const form = suggestedAnew({ ...folded(draft), ...known, field }, factsOf(scene, { project }));
  return { ...view, dialog: { kind: 'new task', form } };
}

/** A draft may be old. */
function stillThere({ after }: TaskForm, others: readonly string[]): Partial<TaskForm> {
  const isThere = after !== null && others.includes(after);
  return { others, after: isThere ? after : null, error: null, question: null };
}

/** On the screen, or as the draft while another dialog is open. */
export function formReturned(view: View, form: TaskForm): View {
  return view.dialog === null
    ? { ...view, dialog: { kind: 'new task', form } }
    : { ...view, drafts: withForm(view.drafts, draftFor(view, form.project) ?? form) };
}

/** What was written for one project is not for another. */
function draftFor({ drafts }: View, project: TaskForm['project']): TaskForm | undefined {
  return drafts.find((draft) => isOfProject(draft, project));
}

function isOfProject({ project }: TaskForm, other: TaskForm['project']): boolean {
  return project === null || other === null ? project === other : isInProject(project, other);
}

function withForm(drafts: readonly TaskForm[], form: TaskForm): readonly TaskForm[] {
  return [...drafts.filter((draft) => !isOfProject(draft, form.project)), form];
}

/** On the screen, or in the draft while another dialog is open; what was written to the task meanwhile follows it. */
export function tellReturned(view: View, tell: Tell): View {
  const { dialog } = view;
  const { text } = tell.field;
  if (dialog?.kind === 'tell' && dialog.task === tell.task) {
    return { ...view, dialog: { ...withEarlier(dialog, text), problem: tell.problem } };
  }
  const whole = bothTexts(text, view.tellDrafts.get(tell.task) ?? '');
  return dialog === null
    ? { ...view, dialog: { ...tell, field: fieldWith(whole) } }
    : withTellDraft(view, tell.task, whole);
}

/** Without one if nothing was written. */
function withTellDraft(view: View, task: TaskKey, text: string): View {
  const tellDrafts = new Map(view.tellDrafts);
  if (text.trim() === '') tellDrafts.delete(task);
  else tellDrafts.set(task, text);
  return { ...view, tellDrafts };
}

/** The open form was sent, or has nothing to keep. */
export function withoutDraft(view: View): View {
  if (view.dialog?.kind === 'tell') return withTellDraft(view, view.dialog.task, '');
  if (view.dialog?.kind !== 'new task') return view;
  const { project } = view.dialog.form;
  return { ...view, drafts: view.drafts.filter((draft) => !isOfProject(draft, project)) };
}

/** Closing the form, or opening something else, keeps what was typed. */
export function withDraft(view: View): View {
  if (view.dialog?.kind === 'tell') {
    return withTellDraft(view, view.dialog.task, view.dialog.field.text);
  }
  if (view.dialog?.kind !== 'new task') return view;
  const { form } = view.dialog;
  return isWorthKeeping(form)
    ? { ...view, drafts: withForm(view.drafts, form) }
    : withoutDraft(view);
}

/** In the draft if the form was closed meanwhile, or another dialog has come over it. */
export function textEdited(
  view: View,
  { form, text }: { form: WritingForm; text: string },
  scene: Scene,
): View {
  const { dialog } = view;
  if (dialog !== null && isSameForm(dialog, form)) {
    return withText(view, afterReturned(dialog, form, text), scene);
  }
  const behind = withText({ ...view, dialog: form }, text, scene);
  return { ...withDraft(behind), dialog };
}

/** What was not told meanwhile came back before the text that the editor got, and stays there. */
function afterReturned(dialog: Dialog, form: WritingForm, text: string): string {
  if (dialog.kind !== 'tell' || form.kind !== 'tell') return text;
  const now = dialog.field.text;
  const earlier = now.slice(0, Math.max(0, now.length - form.field.text.length)).trimEnd();
  return earlier === '' ? text : bothTexts(earlier, text);
}

function isSameForm(dialog: Dialog, form: WritingForm): boolean {
  return form.kind === 'tell'
    ? dialog.kind === 'tell' && dialog.task === form.task
    : dialog.kind === 'new task' && isOfProject(dialog.form, form.form.project);
}

/** The open form has it. */
function withText(view: View, text: string, scene: Scene): View {
  return view.dialog?.kind === 'tell'
    ? { ...view, dialog: { ...view.dialog, field: fieldWith(text), problem: null } }
    : formChanged(view, { type: 'described', text }, scene);
}

function factsOf({ board, now }: Scene, of: Pick<TaskForm, 'project'>) {
  return { takenNames: tasksBeside(of, board.tasks).map(({ name }) => name), now };
}

const oneLine = { maxLength: 100, lines: 'one' } as const;

export function written(view: View, edit: FieldEdit, scene: Scene): View {
  const { dialog } = view;
  switch (dialog?.kind) {
    case 'new task':
      return formChanged(view, { type: 'edit', edit }, scene);
    case 'tell':
      return { ...view, dialog: editedTell(dialog, edit) };
    case 'settings':
      return { ...view, dialog: editedSettings(dialog, edit) };
    case 'filter': {
      const field = editedField(dialog.field, edit, oneLine);
      const filter = { ...view.filter, text: field.text.trim(), at: scene.now };
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
