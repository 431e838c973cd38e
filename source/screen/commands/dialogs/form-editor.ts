// Opens the text of several lines that a form has in the user's editor.

import { maxDescriptionLength } from '../../../core/codex/prompt.ts';
import { longestGuidance } from '../../../core/guidance/guidance.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { notice, type CommandDeps, type FieldEditing } from '../command-deps.ts';
import { always, type CommandRecord } from '../command-record.ts';

export function formEditor(command: Pick<CommandRecord, 'id' | 'scope' | 'help'>): CommandRecord {
  return { ...command, keys: ['ctrl-g'], label: 'editor', whyNot: always, act: openEditor };
}

function openEditor(deps: CommandDeps): void {
  const { store, editField } = deps;
  const form = store.view().dialog;
  if (editField === undefined || (form?.kind !== 'new task' && form?.kind !== 'tell')) return;
  const field: Omit<FieldEditing, 'taken'> =
    form.kind === 'tell'
      ? { name: 'told', text: form.field.text, maxLength: longestGuidance }
      : {
          name: 'description',
          text: form.form.description.text,
          maxLength: maxDescriptionLength,
        };
  const taken = (text: string): void => store.act({ type: 'text-edited', form, text });
  editField({ ...field, taken }).then(
    (problem) => {
      if (problem !== null) notice(deps, problem, 'problem');
    },
    (error: unknown) =>
      notice(deps, `The editor was not opened: ${errorMessage(error)}`, 'problem'),
  );
}
