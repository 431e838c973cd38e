// Opens the list in the user's editor, and writes what comes back: the user's edit, whether or not a session runs.

import { editWords, mergedEdit } from '../../core/edit/edited-file.ts';
import { editQuestion } from '../../core/edit/what-goes.ts';
import type { EditorAnswer } from '../../system/editor.ts';
import { tellChange, type EditDeps, type Edited } from './edit-list.ts';
import { replaceAsUser } from './users-edit.ts';

export type EditorDeps = EditDeps & {
  /** Opens the text, and resolves when the editor has ended. */
  edit(text: string): Promise<EditorAnswer>;
  /** What was edited is in the list now. */
  forget(path: string): Promise<void>;
};

export async function editInEditor(deps: EditorDeps): Promise<Edited> {
  const { task, state } = deps;
  await state.make();
  const list = await task.readList();
  if (list.kind === 'unreadable') return no(list.sentence);
  if (list.kind === 'missing') return no('There is no task_list.md to edit yet');
  const answer = await deps.edit(list.text);
  if ('problem' in answer) {
    const kept = answer.kept === null ? '' : `; what you wrote is in ${answer.kept}`;
    return no(`${answer.problem}, so nothing was changed${kept}`);
  }
  const { text: edited, path } = answer;
  if (edited === list.text) {
    await deps.forget(path);
    return { ok: true, sentence: 'Nothing was changed' };
  }
  const question = editQuestion(list.text, edited);
  const take = (): Promise<Edited> => taken(deps, list.text, answer);
  if (question === null) return take();
  const asks = { ...question, keep: take };
  return { ...no(`Nothing was changed; what you wrote is in ${path}`), asks };
}

/** `before`: the list as the editor got it. */
async function taken(
  deps: EditorDeps,
  before: string,
  { text: edited, path }: { text: string; path: string },
): Promise<Edited> {
  const made = await replaceAsUser(deps, (present) => {
    const text = mergedEdit(before, edited, present);
    return text === null ? { refused: 'Somebody else changed the list meanwhile' } : { text };
  });
  if ('refused' in made) return no(`${made.refused}; what you wrote is in ${path}`);
  const words = editWords(before, edited);
  await tellChange(deps, [words === '' ? 'Changed what stands beside the steps' : words]);
  await deps.forget(path);
  return { ok: true, sentence: words === '' ? 'Changed the list' : `Changed the list: ${words}` };
}

function no(sentence: string): Edited {
  return { ok: false, sentence };
}
