// Opens the list in the user's editor, and writes what comes back: the user's edit, whether or not a session runs.

import { readListText } from '../../core/checklist/list-text.ts';
import { editWords, mergedEdit } from '../../core/edit/edited-file.ts';
import type { EditorAnswer } from '../../system/editor.ts';
import { tellChange, type EditDeps, type Edited } from './edit-list.ts';

export type EditorDeps = EditDeps & {
  /** Where the text is while it is edited, and stays if it is not taken. */
  path: string;
  /** Opens the text, and resolves when the editor has ended. */
  edit(text: string): Promise<EditorAnswer>;
  /** What was edited is in the list now. */
  forget(): Promise<void>;
};

/** Codex may write the list at the very moment. */
const attempts = 5;

export async function editInEditor(deps: EditorDeps): Promise<Edited> {
  const { task, state } = deps;
  await state.make();
  const list = await task.readList();
  if (list.kind === 'unreadable') return no(list.sentence);
  if (list.kind === 'missing') return no('There is no task_list.md to edit yet');
  const answer = await deps.edit(list.text);
  if ('problem' in answer) {
    const kept = answer.kept === null ? '' : `; what was written is in ${answer.kept}`;
    return no(`${answer.problem}, so nothing was changed${kept}`);
  }
  const { text: edited } = answer;
  if (edited === list.text) {
    await deps.forget();
    return { ok: true, sentence: 'Nothing was changed' };
  }
  if (readListText(edited).steps.length === 0) {
    return no(`No step would be left, so nothing was changed; what was written is in ${deps.path}`);
  }
  for (let attempt = 0; attempt < attempts; attempt++) {
    const now = await task.readList();
    const present = now.kind === 'text' ? now.text : '';
    const text = mergedEdit(list.text, edited, present);
    if (text === null) {
      return no(`Somebody else changed the list meanwhile; what you wrote is in ${deps.path}`);
    }
    // First, so that the runner knows whose change it is when it sees it.
    await state.writeUsersList(text);
    if (!(await task.replaceList(text, present))) continue;
    const words = editWords(list.text, edited);
    await tellChange(deps, [words === '' ? 'Changed what stands beside the steps' : words]);
    await deps.forget();
    return { ok: true, sentence: words === '' ? 'The list was changed' : `The list: ${words}` };
  }
  await state.forgetUsersList();
  return no(`The list keeps changing; what you wrote is in ${deps.path}`);
}

function no(sentence: string): Edited {
  return { ok: false, sentence };
}
