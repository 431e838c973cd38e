// Replaces the list by the version that a session wrote and the guard replaced: the user's edit, whether or not a
// runner lives. A step that is ticked meanwhile stays ticked.

import { acceptedList } from '../../core/checklist/replaced-list.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';

type AcceptDeps = {
  task: Pick<TaskDirectory, 'identity' | 'readList' | 'replaceList'>;
  state: Pick<StateDirectory, 'readReplacedList' | 'writeUsersList' | 'forgetReplacedList'>;
};

export type Acceptance = { ok: boolean; sentence: string };

/** Codex may tick a step at the very moment. */
const attempts = 5;

/** `session`: whose version the user has seen. */
export async function acceptVersion(
  { task, state }: AcceptDeps,
  session: number,
): Promise<Acceptance> {
  const replaced = await state.readReplacedList(await task.identity());
  if (replaced?.session !== session) {
    return no(`The version of session ${session} is not kept any more`);
  }
  for (let attempt = 0; attempt < attempts; attempt++) {
    const list = await task.readList();
    if (list.kind === 'unreadable') return no(list.sentence);
    const before = list.kind === 'text' ? list.text : '';
    const text = acceptedList(replaced, before);
    if (text === null) return no('The list has changed since, so nothing was replaced');
    // First, so that the runner knows whose change it is when it sees it.
    await state.writeUsersList(text);
    if (!(await task.replaceList(text, before))) continue;
    await state.forgetReplacedList();
    return { ok: true, sentence: `The list is as session ${session} wrote it` };
  }
  return no('The list keeps changing, so nothing was replaced');
}

function no(sentence: string): Acceptance {
  return { ok: false, sentence };
}
