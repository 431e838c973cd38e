// The values of limits as the user writes them, on the command line and in the settings of a task. `expects` says what a
// right one is.

import { durationMs } from '../text/since.ts';
import { isTaskName } from '../task/task.ts';
import { readTokens } from './amounts.ts';
import { readHours } from './hours.ts';

/** Clears a remembered option: `--model none`, `--check none`, `-- none`. */
export const clearingWord = 'none';

export const tokensValue = {
  parse: clearable(readTokens),
  expects: 'an amount such as 500k or 5M',
};

export const timeValue = {
  parse: clearable((text) => durationMs(text) || null),
  expects: 'a time such as 90m, 8h or 2d',
};

export const hoursValue = {
  parse: clearable(readHours),
  expects: 'two times of day such as 22:00-07:00',
};

export const afterValue = {
  parse: clearable((text) => (isTaskName(text) ? text : null)),
  expects: 'the name of a task',
};

export const sessionsValue = {
  parse: wholeNumber,
  expects: 'a whole number of at least 1',
};

/** Also takes the word that clears what is remembered: a value of null. */
function clearable<Meaning>(
  read: (text: string) => Meaning | null,
): (text: string) => { value: Meaning | null } | null {
  return (text) => {
    const word = text.trim();
    if (word === clearingWord) return { value: null };
    const value = read(word);
    return value === null ? null : { value };
  };
}

function wholeNumber(text: string): number | null {
  const number = Number(text);
  return /^[0-9]+$/u.test(text) && number >= 1 && Number.isSafeInteger(number) ? number : null;
}
