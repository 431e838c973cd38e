// Replaces the list by the version that a session wrote and the guard replaced: the user's edit, whether or not a
// runner lives. A step that is ticked meanwhile stays ticked.

import { acceptedList } from '../../core/checklist/replaced-list.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import { replaceAsUser, type UsersEditDeps } from './users-edit.ts';

type AcceptDeps = {
  task: Pick<TaskDirectory, 'identity' | 'readList' | 'replaceList'>;
  state: Pick<StateDirectory, 'readReplacedList' | 'forgetReplacedList'> & UsersEditDeps['state'];
};

export type Acceptance = { ok: boolean; sentence: string };

/** `session`: whose version the user has seen. */
export async function acceptVersion(
  { task, state }: AcceptDeps,
  session: number,
): Promise<Acceptance> {
  const replaced = await state.readReplacedList(await task.identity());
  if (replaced?.session !== session) {
    return no(`The version of session ${session} is not kept any more`);
  }
  const accepted = await replaceAsUser({ task, state }, (present) => {
    const text = acceptedList(replaced, present);
    return text === null
      ? { refused: 'The list has changed since, so nothing was replaced' }
      : { text };
  });
  if ('refused' in accepted) return no(accepted.refused);
  await state.forgetReplacedList();
  return { ok: true, sentence: `The list is as session ${session} wrote it` };
}

function no(sentence: string): Acceptance {
  return { ok: false, sentence };
}
