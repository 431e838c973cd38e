// Opens the text of a form in the user's editor. It belongs to no task yet, so it lies with the machine's state, where the agent
// cannot write.

import { join } from 'node:path';
import type { FieldEditing } from '../../screen/commands/command-deps.ts';
import type { Lend } from '../../screen/sources/task-source.ts';
import { editText, forgetEdited } from '../../system/editor.ts';
import { machineDirectory } from '../../system/state/machine-directory.ts';
import { fieldText } from '../../ui/dialog/text-field.ts';

/** `lend`: gives the terminal to the editor. The sentence that says why the text stays as it was, or null. */
type EditField = (what: FieldEditing, lend: Lend) => Promise<string | null>;

export function fieldEditor(
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
): EditField {
  const machine = machineDirectory(home, environment);
  return async (what, lend) => {
    await machine.make();
    const place = join(machine.path, 'edited', `${what.name}.md`);
    let problem: string | null = 'The terminal is lent already';
    await lend(async () => {
      problem = await edited(place, what, environment);
    });
    return problem;
  };
}

async function edited(
  place: string,
  { text, maxLength, taken }: FieldEditing,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  // An editor would add the line break.
  const shown = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  const maxBytes = 4 * maxLength + 4;
  const answer = await editText(place, shown, { environment, maxBytes });
  if ('problem' in answer) return stays(answer.problem, answer.kept);
  const { path } = answer;
  const written = fieldText(answer.text.trimEnd());
  const { length } = written;
  if (length > maxLength) {
    return stays(`The text has ${length} characters, of at most ${maxLength}`, path);
  }
  if (answer.text !== shown) taken(written);
  await forgetEdited(path);
  return null;
}

function stays(problem: string, kept: string | null): string {
  const where = kept === null ? '' : `; what you wrote is in ${kept}`;
  return `${problem}, so the form has the text as it was${where}`;
}
