// The settings that say when a task is done: its checks, and whether a Reviewer must accept it.

import { clearingWord } from '../limits/limit-values.ts';
import type { GivenOptions } from '../task/options.ts';
import type { SettingRow } from './setting.ts';
import { expectsSwitch, switched } from './yes-or-no.ts';

/** Between two checks in one row. A command may have any other character in it. */
const separator = ' ;; ';

export const checkRows: readonly SettingRow[] = [
  {
    id: 'checks',
    label: 'Checks',
    isFolded: true,
    read: ({ checks }) => {
      if (checks === null) return '';
      return checks.length === 0 ? clearingWord : checks.join(separator);
    },
    whenEmpty: ({ checks }) =>
      checks.length === 0 ? 'none' : `${checks.join(separator)} (configuration)`,
    parse: checksOf,
    expects: `commands with ${separator.trim()} between them, or ${clearingWord}`,
  },
  {
    id: 'check-network',
    label: 'Check network',
    isFolded: true,
    read: ({ checkNetwork }) => (checkNetwork ? 'yes' : ''),
    whenEmpty: () => 'as each is configured',
    // What the configuration allows to a check, no task takes away.
    parse: switched((isOn) => (isOn === false ? null : { checkNetwork: isOn === true })),
    expects: `yes or ${clearingWord}`,
  },
  {
    id: 'review',
    label: 'Review',
    isFolded: true,
    read: ({ review }) => (review === null ? '' : review ? 'yes' : 'no'),
    whenEmpty: ({ review }) => (review ? 'yes (configuration)' : 'no'),
    parse: switched((review) => ({ review })),
    expects: expectsSwitch,
  },
];

function checksOf(text: string): GivenOptions | null {
  if (text.trim() === '') return { checks: null };
  if (text.trim() === clearingWord) return { checks: [] };
  const commands = text.split(separator.trim()).map((command) => command.trim());
  return commands.some((command) => command === '' || command === clearingWord)
    ? null
    : { checks: [...new Set(commands)] };
}
