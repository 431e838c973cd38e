// Changes the list as the user says, on its present text and in one replacement, whether or not a session runs. What was
// changed waits for the next prompt as the user's word; the runner knows the change as the user's.

import { editedList, type ListEdit } from '../../core/edit/list-edit.ts';
import type { EditedList, Refused } from '../../core/edit/checked-list.ts';
import { changeTelling } from '../../core/edit/change-telling.ts';
import type { EditQuestion } from '../../core/edit/what-goes.ts';
import type { StepName } from '../../core/edit/step-name.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import { tellEdit } from './tell-edit.ts';
import { replaceAsUser } from './users-edit.ts';

export type EditDeps = {
  task: Pick<TaskDirectory, 'identity' | 'readList' | 'replaceList'>;
  state: Pick<
    StateDirectory,
    | 'make'
    | 'readRecord'
    | 'writeUsersList'
    | 'forgetUsersList'
    | 'waitingGuidance'
    | 'addGuidance'
    | 'takeBackGuidance'
  >;
  now(): number;
};

type MadeEdit = Exclude<EditedList, Refused>;

/** `step`: the step that was added or changed, as it is now. */
export type Edited = {
  ok: boolean;
  sentence: string;
  step?: StepName;
  /** Nothing was changed yet: the user is asked first. */
  asks?: EditQuestion & { keep(): Promise<Edited> };
};

export async function editList(deps: EditDeps, edit: ListEdit): Promise<Edited> {
  await deps.state.make();
  const edited = await replaceAsUser<MadeEdit>(deps, (present) => editedList(present, edit));
  if ('refused' in edited) return { ok: false, sentence: edited.refused };
  await tellChange(deps, [edited.done]);
  return { ok: true, sentence: edited.done, step: edited.step };
}

export async function tellChange(deps: EditDeps, changes: readonly string[]): Promise<void> {
  await tellEdit(deps, 'list', (earlier) => changeTelling([...earlier, ...changes]));
}
