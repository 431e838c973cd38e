// What editing a text of a task in the user's editor needs, put together for one task.

import { join } from 'node:path';
import type { EditedText } from '../../../core/guidance/guidance.ts';
import type { EditorDeps } from '../../../engine/tasks/edit-in-editor.ts';
import type { TextDeps } from '../../../engine/tasks/edit-text.ts';
import { systemClock } from '../../../system/clock.ts';
import { descriptionText, notesText } from '../../../system/edit/task-texts.ts';
import { editText, forgetEdited, type EditorAnswer } from '../../../system/editor.ts';
import { maxListBytes } from '../../../system/state/task-files.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { acceptDepsFor } from '../details-deps.ts';

type Lend = (use: () => Promise<void>) => Promise<void>;

const fileNames: Readonly<Record<EditedText, string>> = {
  list: 'task_list.md',
  description: 'description.md',
  notes: 'progress.md',
};

/** `lend`: gives the terminal to the editor, and resolves when it is back. */
export function editorDepsFor(
  paths: ProjectPaths,
  { task, what, lend }: { task: string; what: EditedText; lend: Lend },
): EditorDeps {
  const deps = acceptDepsFor(paths, task);
  const path = join(deps.state.path, 'edited', fileNames[what]);
  return {
    ...deps,
    now: systemClock.now,
    edit: async (text) => {
      let answer: EditorAnswer = { problem: 'The terminal is lent already', kept: null };
      await lend(async () => {
        answer = await editText(path, text, { environment: process.env, maxBytes: maxListBytes });
      });
      return answer;
    },
    forget: forgetEdited,
  };
}

export function textDepsFor(
  paths: ProjectPaths,
  of: { task: string; what: Exclude<EditedText, 'list'>; lend: Lend },
): TextDeps {
  const { project } = paths;
  const text =
    of.what === 'notes'
      ? notesText(project, of.task)
      : descriptionText(project, of.task, systemClock.now);
  return { ...editorDepsFor(paths, of), text };
}
