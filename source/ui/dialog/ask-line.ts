// A one-line input in the last row: its title, and its problem while the user types. An invalid regular expression is
// reported at once.

import { matcherFor } from '../../core/search/query.ts';
import type { Ask } from './dialog.ts';
import {
  editedField,
  emptyField,
  fieldWith,
  type FieldEdit,
  type TextField,
} from './text-field.ts';

export function emptyAsk(about: Ask['about'], suggestion: string | null = null): Ask {
  return { kind: 'ask', about, field: emptyField, suggestion, form: 'plain', problem: null };
}

/** The edited field. In an empty one, → takes the suggestion, to change it. */
export function editedAsk({ field, suggestion }: Ask, edit: FieldEdit): TextField {
  const takes = edit.type === 'right' || edit.type === 'end';
  if (field.text === '' && suggestion !== null && takes) return fieldWith(suggestion);
  return editedField(field, edit, { maxLength: 1000, lines: 'one' });
}

export function problemWith({ about, field, form }: Ask): string | null {
  if (about !== 'search' || field.text === '') return null;
  const matcher = matcherFor({ text: field.text, form });
  return 'problem' in matcher ? matcher.problem : null;
}

const titles = {
  search: 'Search',
  jump: 'Go to',
  export: 'Export to',
  'add-step': 'New step',
  reword: 'Step',
  skip: 'Skip, because',
} as const;

export function askTitle({ about, form }: Ask): string {
  return about === 'search' && form === 'expression' ? 'Regex' : titles[about];
}
