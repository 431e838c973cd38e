// What is wrong with a line while it is being written: an expression that is none is said at once.

import { matcherFor } from '../core/search-query.ts';
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
