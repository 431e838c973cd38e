// Opens the description or the notes of a task in the user's editor, and writes what comes back, whether or not a
// session runs: each session reads the description as it begins.

import { maxDescriptionLength } from '../../core/codex/prompt.ts';
import { descriptionTelling, mergedNotes, notesTelling } from '../../core/edit/edited-text.ts';
import type { EditedText } from '../../core/guidance/guidance.ts';
import type { EditorAnswer } from '../../system/editor.ts';
import type { TaskText } from '../../system/edit/task-texts.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { Edited } from './edit-list.ts';
import { tellEdit, type TellEditDeps } from './tell-edit.ts';

export type TextDeps = Omit<TellEditDeps, 'state'> & {
  state: TellEditDeps['state'] & Pick<StateDirectory, 'make'>;
  text: TaskText;
  /** Opens the text, and resolves when the editor has ended. */
  edit(text: string): Promise<EditorAnswer>;
  /** What was edited is in the task now. */
  forget(path: string): Promise<void>;
};

type TextKind = {
  /** How a sentence names it. */
  readonly name: string;
  readonly done: string;
  /** As the editor gets it. */
  shown(text: string): string;
  /** What came back, or why it cannot be taken. */
  taken(edited: string): { text: string } | { refused: string };
  /** `before`: what the editor got. Null if both changed. */
  merged(before: string, edited: string, now: string): string | null;
  telling(text: string): string;
};

const kinds: Readonly<Record<Exclude<EditedText, 'list'>, TextKind>> = {
  description: {
    name: 'the description',
    done: 'The description was changed',
    shown: (text) => (text === '' || text.endsWith('\n') ? text : `${text}\n`),
    taken: (edited) => {
      const text = edited.trim();
      const { length } = text;
      if (length === 0) return { refused: 'A task needs a description' };
      return length <= maxDescriptionLength
        ? { text }
        : {
            refused: `The description has ${length} characters, of at most ${maxDescriptionLength}`,
          };
    },
    merged: (before, edited, now) => (now === before ? edited : null),
    telling: descriptionTelling,
  },
  notes: {
    name: 'progress.md',
    done: 'The notes were changed',
    shown: (text) => text,
    taken: (text) => (text.trim() === '' ? { refused: 'No notes would be left' } : { text }),
    merged: mergedNotes,
    telling: () => notesTelling,
  },
};

/** A session may add to the notes at the very moment. */
const attempts = 5;

export async function editText(deps: TextDeps, of: keyof typeof kinds): Promise<Edited> {
  const kind = kinds[of];
  await deps.state.make();
  const before = await deps.text.read();
  if ('problem' in before) return no(before.problem);
  const shown = kind.shown(before.text);
  const answer = await deps.edit(shown);
  if ('problem' in answer) {
    const kept = answer.kept === null ? '' : `; what you wrote is in ${answer.kept}`;
    return no(`${answer.problem}, so nothing was changed${kept}`);
  }
  const taken = kind.taken(answer.text);
  if (answer.text === shown || ('text' in taken && taken.text === before.text)) {
    await deps.forget(answer.path);
    return { ok: true, sentence: 'Nothing was changed' };
  }
  if ('refused' in taken) {
    return no(`${taken.refused}, so nothing was changed; what you wrote is in ${answer.path}`);
  }
  const problem = await replaced(deps, kind, { before: before.text, edited: taken.text });
  if (problem !== null) return no(`${problem}; what you wrote is in ${answer.path}`);
  await tellEdit(deps, of, () => kind.telling(taken.text));
  await deps.forget(answer.path);
  return { ok: true, sentence: kind.done };
}

/** Null if it was; else why not. */
async function replaced(
  { text }: TextDeps,
  { name, merged }: TextKind,
  { before, edited }: { before: string; edited: string },
): Promise<string | null> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const now = await text.read();
    if ('problem' in now) return now.problem;
    const whole = merged(before, edited, now.text);
    if (whole === null) return `Somebody else changed ${name} meanwhile`;
    if (await text.replace(whole, now.text)) return null;
  }
  return `Others keep changing ${name}, so nothing was changed`;
}

function no(sentence: string): Edited {
  return { ok: false, sentence };
}
