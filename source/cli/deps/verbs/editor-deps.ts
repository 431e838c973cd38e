// What editing a list in the user's editor needs, put together for one task.

import { join } from 'node:path';
import type { EditorDeps } from '../../../engine/tasks/edit-in-editor.ts';
import { systemClock } from '../../../system/clock.ts';
import { editText, forgetEdited, type EditorAnswer } from '../../../system/editor.ts';
import { maxListBytes } from '../../../system/state/task-files.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { acceptDepsFor } from '../details-deps.ts';

/** `lend`: gives the terminal to the editor, and resolves when it is back. */
export function editorDepsFor(
  paths: ProjectPaths,
  task: string,
  lend: (use: () => Promise<void>) => Promise<void>,
): EditorDeps {
  const deps = acceptDepsFor(paths, task);
  const path = join(deps.state.path, 'edited', 'task_list.md');
  return {
    ...deps,
    now: systemClock.now,
    path,
    edit: async (text) => {
      let answer: EditorAnswer = { problem: 'The terminal is lent already', kept: null };
      await lend(async () => {
        answer = await editText(path, text, { environment: process.env, maxBytes: maxListBytes });
      });
      return answer;
    },
    forget: () => forgetEdited(path),
  };
}
