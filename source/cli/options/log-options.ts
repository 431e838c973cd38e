// `--log NAME`, and which of its entries.

import type { FilterKind } from '../../core/log/filter.ts';
import { sinceTime } from '../../core/text/since.ts';
import { systemClock } from '../../system/clock.ts';
import { parsedValue, textOf, type OptionRow, type ValuesOf } from './option-row.ts';

const filterNames: Readonly<Record<string, FilterKind>> = {
  messages: 'messages',
  commands: 'commands',
  failed: 'failed commands',
  files: 'files',
  errors: 'errors',
  reasoning: 'reasoning',
  'to-dos': 'to-dos',
  runner: 'runner',
};

const filter = {
  name: 'filter',
  takes: 'text',
  value: 'KIND',
  parse: filterNamed,
  expects: Object.keys(filterNames).join(', '),
  offers: Object.keys(filterNames),
  help: 'With --log: print only messages, commands, failed, files, errors, reasoning, to-dos or runner',
  group: 'ours',
} as const satisfies OptionRow;

const since = {
  name: 'since',
  takes: 'text',
  value: 'TIME',
  parse: (text: string) => sinceTime(text, systemClock.now()),
  expects: 'a time such as 2h, 03:40 or 2026-01-29',
  help: 'With --log: start at a time, e.g. 2h (ago), 03:40 or 2026-01-29',
  group: 'ours',
} as const satisfies OptionRow;

export const logOptions = [
  {
    name: 'log',
    takes: 'text',
    value: 'NAME',
    offers: 'tasks',
    help: "Print a task's log, entry by entry",
    group: 'ours',
  },
  filter,
  since,
  {
    name: 'follow',
    takes: 'nothing',
    help: "With --log: go on as the log grows, until the task's run ends",
    group: 'ours',
  },
] as const satisfies readonly OptionRow[];

export type LogOptions = {
  /** The task whose log to print, and which entries. */
  log: string | null;
  filter: FilterKind | null;
  /** Epoch ms. */
  since: number | null;
  follow: boolean;
};

type LogValues = ValuesOf<typeof logOptions>;

export function whyNoLog(values: LogValues): string | null {
  if (values.log !== undefined) return null;
  if (values.filter !== undefined || values.since !== undefined) {
    return '--filter and --since need --log';
  }
  return values.follow === true ? '--follow needs --log NAME' : null;
}

export function readLogOptions(values: LogValues): LogOptions {
  return {
    log: textOf(values.log),
    filter: parsedValue(filter, values),
    since: parsedValue(since, values),
    follow: values.follow === true,
  };
}

function filterNamed(name: string): FilterKind | null {
  return Object.hasOwn(filterNames, name) ? (filterNames[name] ?? null) : null;
}
