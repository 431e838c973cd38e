// Changes the list as the user says, on its present text and in one replacement, whether or not a session runs. What was
// changed waits for the next prompt as the user's word; the runner knows the change as the user's.

import { editedList, type ListEdit } from '../../core/edit/list-edit.ts';
import { changeTelling } from '../../core/edit/change-telling.ts';
import type { StepName } from '../../core/edit/step-name.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';

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

/** `step`: the step that was added or changed, as it is now. */
export type Edited = { ok: boolean; sentence: string; step?: StepName };

/** Codex may write the list at the very moment. */
const attempts = 5;

export async function editList(deps: EditDeps, edit: ListEdit): Promise<Edited> {
  const { task, state } = deps;
  await state.make();
  for (let attempt = 0; attempt < attempts; attempt++) {
    const list = await task.readList();
    if (list.kind === 'unreadable') return { ok: false, sentence: list.sentence };
    const before = list.kind === 'text' ? list.text : '';
    const edited = editedList(before, edit);
    if ('refused' in edited) return { ok: false, sentence: edited.refused };
    // First, so that the runner knows whose change it is when it sees it.
    await state.writeUsersList(edited.text);
    if (!(await task.replaceList(edited.text, before))) continue;
    await tellChange(deps, [edited.done]);
    return { ok: true, sentence: edited.done, step: edited.step };
  }
  await state.forgetUsersList();
  return { ok: false, sentence: 'The list keeps changing, so nothing was changed' };
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
