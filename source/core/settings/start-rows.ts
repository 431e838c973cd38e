// The settings that are chosen before a task's first run, and the sandbox, which is chosen with each run and only shown.

import { clearingWord } from '../limits/limit-values.ts';
import type { SettingRow } from './setting.ts';
import { yesOrNo } from './yes-or-no.ts';

export const startRows: readonly SettingRow[] = [
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
    whenEmpty: ({ sandbox }) =>
      `${sandbox ?? 'workspace-write'}, chosen with each run; full access is for one run`,
  },
  {
    id: 'plan',
    label: 'Plan first',
    isFolded: true,
    read: ({ planFirst }) => (planFirst === null ? '' : planFirst ? 'yes' : 'no'),
    whenEmpty: ({ planFixed }) => (planFixed === null ? 'no' : 'as it was started'),
    whyFixed: ({ planFixed }) => planFixed,
    parse: (text) => {
      const said = yesOrNo(text);
      return said && { planFirst: said.isOn };
    },
    expects: `yes, no or ${clearingWord}`,
  },
];
