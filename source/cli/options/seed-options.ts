// The options that the seed has, in its order.

import { sessionsValue } from '../../core/limits/limit-values.ts';
import { parsedValue, textOf, type OptionRow, type ValuesOf } from './option-row.ts';

const maxSessions = {
  name: 'max-sessions',
  takes: 'text',
  value: 'N',
  ...sessionsValue,
  help: 'Limit to N sessions',
  group: 'seed',
} as const satisfies OptionRow;

export const seedOptions = [
  {
    name: 'task-name',
    short: 'n',
    takes: 'text',
    value: '<name>',
    offers: 'tasks',
    help: 'Specify task name explicitly',
    group: 'seed',
  },
  { name: 'continue', short: 'c', takes: 'nothing', help: 'Continue existing task', group: 'seed' },
  {
    name: 'no-auto-continue',
    takes: 'nothing',
    help: "Don't auto-continue after session",
    group: 'seed',
  },
  maxSessions,
  { name: 'list', short: 'l', takes: 'nothing', help: 'List all existing tasks', group: 'seed' },
  {
    name: 'resume-last',
    takes: 'nothing',
    help: 'Resume the most recent Codex session',
    group: 'seed',
  },
  {
    name: 'network',
    takes: 'nothing',
    help: 'Enable danger-full-access sandbox for tasks that need broader shell access (this run only)',
    group: 'seed',
  },
  { name: 'help', short: 'h', takes: 'nothing', help: 'Show this help', group: 'seed' },
] as const satisfies readonly OptionRow[];

export type SeedOptions = {
  taskName: string | null;
  continues: boolean;
  resumeLast: boolean;
  autoContinue: boolean;
  maxSessions: number | null;
  network: boolean;
  list: boolean;
  help: boolean;
};

export function readSeedOptions(values: ValuesOf<typeof seedOptions>): SeedOptions {
  const resumeLast = values['resume-last'] === true;
  return {
    taskName: textOf(values['task-name']),
    continues: values.continue === true || resumeLast,
    resumeLast,
    autoContinue: values['no-auto-continue'] !== true,
    maxSessions: parsedValue(maxSessions, values),
    network: values.network === true,
    list: values.list === true,
    help: values.help === true,
  };
}
