// The text of a setting that is on, off, or left to its default.

import { clearingWord } from '../limits/limit-values.ts';

/** Null for any other word. `isOn` is null where the default is to count. */
export function yesOrNo(text: string): { isOn: boolean | null } | null {
  const word = text.trim().toLowerCase();
  if (word === 'yes' || word === 'no') return { isOn: word === 'yes' };
  return word === '' || word === clearingWord ? { isOn: null } : null;
}
