// The settings of a task, a row each: its words, its value as text, and how text becomes a value, as its option reads it.
// What another setting needs is one more row here.

import {
  afterValue,
  clearingWord,
  hoursValue,
  sessionsValue,
  timeValue,
  tokensValue,
} from '../limits/limit-values.ts';
import { hoursText } from '../limits/hours.ts';
import type { GivenOptions, TaskOptions } from '../task/options.ts';
import { amountText, timeText } from './value-text.ts';

export type SettingId =
  | 'model'
  | 'profile'
  | 'sessions'
  | 'tokens'
  | 'time'
  | 'hours'
  | 'after'
  | 'checks'
  | 'check-network'
  | 'review'
  | 'worktree'
  | 'sandbox'
  | 'plan';

/** What is known beside the options: what counts where a row is empty, and what the screen only shows. */
export type SettingFacts = {
  /** Of the configuration. */
  model: string | null;
  profile: string | null;
  checks: readonly string[];
  review: boolean;
  hasWorktree: boolean;
  /** Why it cannot be given or lose a worktree, in a few words; null if it can. */
  worktreeFixed: string | null;
  /** Of the last run; null if there was none. */
  sandbox: string | null;
};

export type SettingRow = {
  id: SettingId;
  label: string;
  /** The rows that are used less are folded. */
  isFolded?: true;
  /** As the user would write it; empty where the default counts. */
  read(this: void, options: TaskOptions): string;
  /** What an empty row means, and where that comes from. */
  whenEmpty(this: void, facts: SettingFacts): string;
  /** Why the row cannot be changed for this task, in a few words; null or absent if it can. */
  whyFixed?(this: void, facts: SettingFacts): string | null;
  /** What the text means; null if it means nothing. Absent: the row is only shown. */
  parse?(this: void, text: string): GivenOptions | null;
  /** What a right value is, after "takes". */
  expects?: string;
};

/** Between two checks in one row. A command may have any other character in it. */
const separator = ' ;; ';

export const settingRows: readonly SettingRow[] = [
  {
    id: 'model',
    label: 'Model',
    read: ({ model }) => model ?? '',
    whenEmpty: ({ model }) => (model === null ? "Codex's own choice" : `${model} (configuration)`),
    parse: (text) => ({ model: named(text) }),
  },
  {
    id: 'profile',
    label: 'Profile',
    read: ({ profile }) => profile ?? '',
    whenEmpty: ({ profile }) => (profile === null ? 'none' : `${profile} (configuration)`),
    parse: (text) => ({ profile: named(text) }),
  },
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
    parse: (text) => {
      const said = yesOrNo(text);
      return said === null || said.isOn === false ? null : { checkNetwork: said.isOn === true };
    },
    expects: `yes or ${clearingWord}`,
  },
  {
    id: 'review',
    label: 'Review',
    isFolded: true,
    read: ({ review }) => (review === null ? '' : review ? 'yes' : 'no'),
    whenEmpty: ({ review }) => (review ? 'yes (configuration)' : 'no'),
    parse: (text) => {
      const said = yesOrNo(text);
      return said && { review: said.isOn };
    },
    expects: `yes, no or ${clearingWord}`,
  },
  {
    id: 'worktree',
    label: 'Worktree',
    isFolded: true,
    read: ({ worktree }) => (worktree ? 'yes' : ''),
    whenEmpty: ({ hasWorktree }) => (hasWorktree ? 'of its own' : 'none'),
    whyFixed: ({ worktreeFixed }) => worktreeFixed,
    parse: (text) => {
      const said = yesOrNo(text);
      return said && { worktree: said.isOn === true };
    },
    expects: `yes, no or ${clearingWord}`,
  },
  {
    id: 'sandbox',
    label: 'Sandbox',
    isFolded: true,
    read: () => '',
    whenEmpty: ({ sandbox }) => `${sandbox ?? 'workspace-write'}, chosen with each run`,
  },
  {
    id: 'plan',
    label: 'Plan first',
    isFolded: true,
    read: () => '',
    whenEmpty: () => 'chosen when a task starts (n)',
  },
];

export function settingRow(id: SettingId): SettingRow {
  const row = settingRows.find((one) => one.id === id);
  if (row === undefined) throw new Error(`There is no setting ${id}`);
  return row;
}

/** One sentence for a text that is no value; null if it is one. */
export function wrongSetting(
  { label, parse, expects = '' }: SettingRow,
  text: string,
): string | null {
  if (parse === undefined || parse(text) !== null) return null;
  return `${label} takes ${expects}, not ${JSON.stringify(text)}`;
}

function checksOf(text: string): GivenOptions | null {
  if (text.trim() === '') return { checks: null };
  if (text.trim() === clearingWord) return { checks: [] };
  const commands = text.split(separator.trim()).map((command) => command.trim());
  return commands.some((command) => command === '' || command === clearingWord)
    ? null
    : { checks: [...new Set(commands)] };
}

function named(text: string): string | null {
  const name = text.trim();
  return name === '' || name === clearingWord ? null : name;
}

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

/** Null for any other word. `isOn` is null where the default is to count. */
function yesOrNo(text: string): { isOn: boolean | null } | null {
  const word = text.trim().toLowerCase();
  if (word === 'yes' || word === 'no') return { isOn: word === 'yes' };
  return word === '' || word === clearingWord ? { isOn: null } : null;
}
