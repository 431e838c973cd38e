// What can happen to the view: a key, the mouse, a dialog, new data. The reducer says what comes of it.

import type { ChangesRange } from '../../core/changes/changes.ts';
import type { StepName } from '../../core/edit/step-name.ts';
import type { Sandbox } from '../../core/task/task.ts';
import type { TaskKey } from '../../core/task/task-key.ts';
import type { Dialog, WritingForm } from '../dialog/dialog.ts';
import type { FormChange, TaskForm, WorktreeChoice } from '../dialog/task-form.ts';
import type { Tell } from '../dialog/tell-form.ts';
import type { FieldEdit } from '../dialog/text-field.ts';
import type { Notice } from '../rows/status-rows.ts';
import type { ChangesAction } from './changes/actions.ts';
import type { DetailsPage } from './details-page.ts';
import type { JumpTarget } from './jump-target.ts';
import type { PaneName } from './layout.ts';
import type { LogAction } from './log/actions.ts';
import type { Move } from './move.ts';

export type ViewAction =
  | { readonly type: 'moved'; readonly move: Move }
  | { readonly type: 'selected'; readonly task: TaskKey }
  /** An archived task is on its way back, and selected once it is there. */
  | { readonly type: 'brought-back'; readonly task: TaskKey }
  | { readonly type: 'focused'; readonly pane: PaneName }
  | { readonly type: 'pane-changed'; readonly by?: 1 | -1 }
  | { readonly type: 'zoom-toggled' }
  | { readonly type: 'mouse-toggled' }
  | { readonly type: 'page-opened'; readonly page: DetailsPage }
  | { readonly type: 'page-changed'; readonly by: 1 | -1 }
  | { readonly type: 'detail-marked'; readonly at: number }
  /** The user changed a step, or added it. */
  | {
      readonly type: 'step-changed';
      readonly task: TaskKey;
      readonly step: StepName;
      readonly changedAt: number;
    }
  /** The mouse wheel, which scrolls a pane without focusing it. */
  | { readonly type: 'wheeled'; readonly pane: PaneName; readonly move: 'up' | 'down' }
  | { readonly type: 'entry-toggled' }
  | { readonly type: 'log'; readonly action: LogAction }
  /** The page "What it changed"; `sought`: the label of a file to open as soon as the files are read. */
  | { readonly type: 'changes-opened'; readonly range: ChangesRange; readonly sought?: string }
  | { readonly type: 'changes-closed' }
  | { readonly type: 'changes'; readonly action: ChangesAction }
  /** Goes there in the log, as soon as it has been read. */
  | { readonly type: 'gone-to'; readonly target: JumpTarget }
  | { readonly type: 'dialog-opened'; readonly dialog: Dialog }
  | { readonly type: 'dialog-closed' }
  /** The form for a new task, with the draft if there is one. */
  | {
      readonly type: 'form-opened';
      readonly sandbox: Sandbox;
      readonly worktree: WorktreeChoice | null;
      readonly looksAtPlan: boolean;
    }
  /** The task of the form is being started. */
  | { readonly type: 'form-sent' }
  /** The task of the form could not be started. */
  | { readonly type: 'form-returned'; readonly form: TaskForm }
  | { readonly type: 'form-changed'; readonly change: FormChange }
  /** What the open form says is being told. */
  | { readonly type: 'tell-sent' }
  /** It was not told. */
  | { readonly type: 'tell-returned'; readonly tell: Tell }
  /** An edit of the text field of the open dialog; ignored if there is none. */
  | { readonly type: 'written'; readonly edit: FieldEdit }
  /** The text of the form comes back from the user's editor. `form`: as it was when the editor opened. */
  | { readonly type: 'text-edited'; readonly form: WritingForm; readonly text: string }
  | { readonly type: 'noticed'; readonly notice: Notice | null }
  /** Any key was pressed. */
  | { readonly type: 'touched'; readonly at: number }
  | { readonly type: 'mark-toggled' }
  /** Clears the marks first, then the filter. */
  | { readonly type: 'all-shown' }
  | { readonly type: 'group-changed' }
  | { readonly type: 'sorting-changed' }
  /** Shows the done tasks, or folds them into one line. */
  | { readonly type: 'done-toggled' }
  /** Tasks, entries, size or time have changed. */
  | { readonly type: 'scene-changed' };
