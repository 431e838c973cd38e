// The settings that bound a task's work: sessions, budgets, hours, and the task that comes before it.

import {
  afterValue,
  clearingWord,
  hoursValue,
  sessionsValue,
  timeValue,
  tokensValue,
} from '../limits/limit-values.ts';
import { hoursText } from '../limits/hours.ts';
import type { GivenOptions } from '../task/options.ts';
import type { SettingRow } from './setting.ts';
import { amountText, timeText } from './value-text.ts';

export const limitRows: readonly SettingRow[] = [
  {
    id: 'sessions',
    label: 'Sessions',
    read: ({ maxSessions }) => (maxSessions === null ? '' : String(maxSessions)),
    whenEmpty: () => 'no limit in a run',
    parse: orCleared(
      (text) => {
        const maxSessions = sessionsValue.parse(text);
        return maxSessions === null ? null : { maxSessions };
      },
      { maxSessions: null },
    ),
    expects: sessionsValue.expects,
  },
  {
    id: 'tokens',
    label: 'Tokens',
    read: ({ maxTokens }) => (maxTokens === null ? '' : amountText(maxTokens)),
    whenEmpty: () => 'no budget for the task',
    parse: limit(tokensValue.parse, (maxTokens) => ({ maxTokens })),
    expects: tokensValue.expects,
  },
  {
    id: 'time',
    label: 'Time',
    read: ({ maxTimeMs }) => (maxTimeMs === null ? '' : timeText(maxTimeMs)),
    whenEmpty: () => 'no budget for a run',
    parse: limit(timeValue.parse, (maxTimeMs) => ({ maxTimeMs })),
    expects: timeValue.expects,
  },
  {
    id: 'hours',
    label: 'Hours',
    read: ({ hours }) => (hours === null ? '' : hoursText(hours)),
    whenEmpty: () => 'at any time',
    parse: limit(hoursValue.parse, (hours) => ({ hours })),
    expects: hoursValue.expects,
  },
  {
    id: 'after',
    label: 'After',
    read: ({ after }) => after ?? '',
    whenEmpty: () => 'no other task',
    parse: limit(afterValue.parse, (after) => ({ after })),
    expects: afterValue.expects,
  },
];

function limit<Value>(
  parse: (text: string) => { value: Value | null } | null,
  give: (value: Value | null) => GivenOptions,
): (text: string) => GivenOptions | null {
  return (text) => {
    if (text.trim() === '') return give(null);
    const parsed = parse(text.trim());
    return parsed === null ? null : give(parsed.value);
  };
}

function orCleared(
  parse: (text: string) => GivenOptions | null,
  cleared: GivenOptions,
): (text: string) => GivenOptions | null {
  return (text) => {
    const word = text.trim();
    return word === '' || word === clearingWord ? cleared : parse(word);
  };
}
