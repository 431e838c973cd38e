// Replaces the list by the user's version of it, whether or not a session runs: the guard knows the change as the user's.

import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';

export type UsersEditDeps = {
  task: Pick<TaskDirectory, 'readList' | 'replaceList'>;
  state: Pick<StateDirectory, 'writeUsersList' | 'forgetUsersList'>;
};

type Refused = { refused: string };

/** Codex may write the list at the very moment. */
const attempts = 5;

/** `edit`: the new list from the present one, or why not. Called again each time the list has changed meanwhile. */
export async function replaceAsUser<Edit extends { text: string }>(
  { task, state }: UsersEditDeps,
  edit: (present: string) => Edit | Refused,
): Promise<Edit | Refused> {
  let isClaimed = false;
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const list = await task.readList();
      if (list.kind === 'unreadable') return { refused: list.sentence };
      const present = list.kind === 'text' ? list.text : '';
      const edited = edit(present);
      if ('refused' in edited) return edited;
      // First, so that the runner knows whose change it is when it sees it.
      isClaimed = true;
      await state.writeUsersList(edited.text);
      if (await task.replaceList(edited.text, present)) {
        isClaimed = false;
        return edited;
      }
    }
    return { refused: 'The list keeps changing, so nothing was changed' };
  } finally {
    // The next change, which is another's, would pass for this one.
    if (isClaimed) await state.forgetUsersList();
  }
}
