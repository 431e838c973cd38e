// The settings of where a task's runs work, and of what its first run begins with.

import { clearingWord } from '../limits/limit-values.ts';
import type { SettingRow } from './setting.ts';
import { expectsSwitch, switched } from './yes-or-no.ts';

const fullAccess = 'full access';

export const startRows: readonly SettingRow[] = [
  {
    id: 'worktree',
    label: 'Worktree',
    isFolded: true,
    read: ({ worktree }) => (worktree ? 'yes' : ''),
    whenEmpty: ({ hasWorktree }) => (hasWorktree ? 'of its own' : 'none'),
    whyFixed: ({ worktreeFixed }) => worktreeFixed,
    parse: switched((isOn) => ({ worktree: isOn === true })),
    expects: expectsSwitch,
  },
  {
    id: 'pinned',
    label: 'Pinned',
    isFolded: true,
    read: ({ pinned }) => (pinned ? 'yes' : ''),
    whenEmpty: () => 'no',
    parse: switched((isOn) => ({ pinned: isOn === true })),
    expects: expectsSwitch,
  },
  {
    id: 'sandbox',
    label: 'Sandbox',
    isFolded: true,
    read: ({ fullAccessOnce }) => (fullAccessOnce ? fullAccess : ''),
    whenEmpty: () => 'workspace-write',
    parse: (text) => {
      const word = text.trim().toLowerCase();
      if (word === fullAccess || word === 'danger-full-access') return { fullAccessOnce: true };
      const isUsual = word === '' || word === clearingWord || word === 'workspace-write';
      return isUsual ? { fullAccessOnce: false } : null;
    },
    expects: `${fullAccess} (asked for at the next start) or ${clearingWord}`,
  },
  {
    id: 'plan',
    label: 'Plan first',
    isFolded: true,
    read: ({ planFirst }) => (planFirst === null ? '' : planFirst ? 'yes' : 'no'),
    whenEmpty: ({ planFixed }) => (planFixed === null ? 'no' : 'as it was started'),
    whyFixed: ({ planFixed }) => planFixed,
    parse: switched((planFirst) => ({ planFirst })),
    expects: expectsSwitch,
  },
];
