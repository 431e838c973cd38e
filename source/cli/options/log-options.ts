// `--log NAME`, and which of its entries; `--report`.

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
  help: 'With --log, --report: start at a time, e.g. 2h (ago), 03:40 or 2026-01-29',
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
  {
    name: 'report',
    takes: 'nothing',
    help: 'Print what happened, as Markdown: of all tasks, or of one with --task-name',
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
  report: boolean;
};

type LogValues = ValuesOf<typeof logOptions>;

export function whyNoLog(values: LogValues): string | null {
  if (values.log !== undefined) return null;
  if (values.filter !== undefined) return '--filter needs --log';
  if (values.since !== undefined && values.report !== true)
    return '--since needs --log or --report';
  return values.follow === true ? '--follow needs --log NAME' : null;
}

/** Why the words do not go with `--report`; null if they do, or if it is not given. */
export function whyNoReport(values: LogValues, words: readonly string[]): string | null {
  if (values.report !== true) return null;
  if (values.log !== undefined) return 'Give either --log or --report';
  if (words.length > 0) return '--report takes no description';
  const at = parsedValue(since, values);
  return at !== null && at > systemClock.now()
    ? '--since is in the future: nothing has happened since then'
    : null;
}

export function readLogOptions(values: LogValues): LogOptions {
  return {
    log: textOf(values.log),
    filter: parsedValue(filter, values),
    since: parsedValue(since, values),
    follow: values.follow === true,
    report: values.report === true,
  };
}

function filterNamed(name: string): FilterKind | null {
  return Object.hasOwn(filterNames, name) ? (filterNames[name] ?? null) : null;
}
