// Changes the list as the user says, on its present text and in one replacement, whether or not a session runs. What was
// changed waits for the next prompt as the user's word; the runner knows the change as the user's.

import { editedList, type ListEdit } from '../../core/edit/list-edit.ts';
import type { EditedList, Refused } from '../../core/edit/checked-list.ts';
import { changeTelling } from '../../core/edit/change-telling.ts';
import type { StepName } from '../../core/edit/step-name.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
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
export type Edited = { ok: boolean; sentence: string; step?: StepName };

export async function editList(deps: EditDeps, edit: ListEdit): Promise<Edited> {
  await deps.state.make();
  const edited = await replaceAsUser<MadeEdit>(deps, (present) => editedList(present, edit));
  if ('refused' in edited) return { ok: false, sentence: edited.refused };
  await tellChange(deps, [edited.done]);
  return { ok: true, sentence: edited.done, step: edited.step };
}

/** One piece for all changes that wait. Added before the old one goes: said twice at worst, never lost. */
export async function tellChange(
  { task, state, now }: EditDeps,
  changes: readonly string[],
): Promise<void> {
  const directory = await task.identity();
  // A session that has never begun will read the list as it is.
  if (directory === null || (await state.readRecord()) === null) return;
  const waiting = await state.waitingGuidance(directory);
  const earlier = waiting.filter(({ about }) => about === 'list');
  const text = changeTelling([...earlier.map((piece) => piece.text), ...changes]);
  await state.addGuidance({ text, when: 'next', at: now(), about: 'list' }, directory);
  for (const { id } of earlier) await state.takeBackGuidance(id);
}
