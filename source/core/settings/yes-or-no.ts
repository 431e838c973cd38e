// The text of a setting that is on, off, or left to its default.

import { clearingWord } from '../limits/limit-values.ts';
import type { GivenOptions } from '../task/options.ts';

/** Reads the text of a row that is on or off; `give`: what it means. */
export function switched(
  give: (isOn: boolean | null) => GivenOptions | null,
): (text: string) => GivenOptions | null {
  return (text) => {
    const said = yesOrNo(text);
    return said && give(said.isOn);
  };
}

export const expectsSwitch = `yes, no or ${clearingWord}`;

/** Null for any other word. `isOn` is null where the default is to count. */
function yesOrNo(text: string): { isOn: boolean | null } | null {
  const word = text.trim().toLowerCase();
  if (word === 'yes' || word === 'no') return { isOn: word === 'yes' };
  return word === '' || word === clearingWord ? { isOn: null } : null;
}
