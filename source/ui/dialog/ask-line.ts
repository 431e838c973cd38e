// A one-line input in the last row: its title, and its problem while the user types. An invalid regular expression is
// reported at once.

import { matcherFor } from '../../core/search/query.ts';
import type { Ask } from './dialog.ts';
import { emptyField } from './text-field.ts';

export function emptyAsk(about: Ask['about']): Ask {
  return { kind: 'ask', about, field: emptyField, form: 'plain', problem: null };
}

export function problemWith({ about, field, form }: Ask): string | null {
  if (about !== 'search' || field.text === '') return null;
  const matcher = matcherFor({ text: field.text, form });
  return 'problem' in matcher ? matcher.problem : null;
}

const titles = { search: 'Search', jump: 'Go to', export: 'Export to' } as const;

export function askTitle({ about, form }: Ask): string {
  return about === 'search' && form === 'expression' ? 'Regex' : titles[about];
}
