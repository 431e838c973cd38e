// argv → what is asked for, or the sentence that says what is wrong with it. `--list`, `--help` and
// `--version` are read by util.parseArgs, all else by meow: loading it costs 60 ms, which a list need not pay.

import { parseArgs } from 'node:util';
import { options, type OptionName, type OptionRow } from './options.ts';
import { whyRefused } from './core/codex-arguments.ts';

export type Call = {
  description: string | null;
  taskName: string | null;
  continues: boolean;
  resumeLast: boolean;
  autoContinue: boolean;
  maxSessions: number | null;
  network: boolean;
  list: boolean;
  help: boolean;
  version: boolean;
  headless: boolean;
  json: boolean;
  directory: string | null;
  codex: string | null;
  trustOwner: boolean;
  /** Milliseconds; null for the default. */
  maxWaitMs: number | null;
  continueAll: boolean;
  demo: boolean;
  /** What stood after `--`, for `codex exec`. */
  extra: readonly string[];
};

export type Parsed = { call: Call } | { problem: string };

type Values = Partial<Record<OptionName, string | boolean | undefined>>;

/** What both parsers give: options by their names, and the words that are none. */
type Raw = { values: Values; words: readonly string[] } | { problem: string };

export async function parseCall(argv: readonly string[]): Promise<Parsed> {
  const cut = argv.indexOf('--');
  const own = cut === -1 ? argv : argv.slice(0, cut);
  const extra = cut === -1 ? [] : argv.slice(cut + 1);
  const isQuick = own.some((word) => /^(?:--list|--help|--version|-[lhv]+)$/u.test(word));
  const raw = isQuick ? parseQuickly(own) : await parseByMeow(own);
  return 'problem' in raw ? raw : checked(raw, extra);
}

function parseQuickly(argv: readonly string[]): Raw {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: Object.fromEntries(options.map((row: OptionRow) => [row.name, quickOption(row)])),
    });
    return { values: values, words: positionals };
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    return { problem: `${first}: see autonomous-tui --help` };
  }
}

function quickOption(row: OptionRow): { type: 'string' | 'boolean'; short?: string } {
  const type = row.takes === 'text' ? 'string' : 'boolean';
  return row.short === undefined ? { type } : { type, short: row.short };
}

async function parseByMeow(argv: readonly string[]): Promise<Raw> {
  const { default: meow } = await import('meow');
  const cli = meow({
    importMeta: import.meta,
    argv: [...argv],
    autoHelp: false,
    autoVersion: false,
    // No number is meant to be one: a task may be called 2024.
    inferType: false,
    flags: Object.fromEntries(
      options.map((row: OptionRow) => [camelCase(meowName(row)), meowFlag(row)]),
    ),
  });
  const values: Values = {};
  for (const row of options) values[row.name] = meowValue(row, cli.flags);
  const known = new Set(options.flatMap((row: OptionRow) => [camelCase(meowName(row)), row.short]));
  const unknown = Object.keys(cli.unnormalizedFlags).find((name) => !known.has(name));
  if (unknown !== undefined) {
    const dashes = unknown.length === 1 ? '-' : '--';
    return {
      problem: `There is no option ${dashes}${kebabCase(unknown)}: see autonomous-tui --help`,
    };
  }
  return { values, words: cli.input };
}

type MeowFlag =
  | { type: 'string'; shortFlag?: string }
  | { type: 'boolean'; shortFlag?: string; default?: boolean };

/** meow reads `--no-x` as x being false, whatever x is called in the table. */
function meowName(row: OptionRow): string {
  return row.name.replace(/^no-/u, '');
}

function meowFlag(row: OptionRow): MeowFlag {
  if (row.name.startsWith('no-')) return { type: 'boolean', default: true };
  const short = row.short === undefined ? {} : { shortFlag: row.short };
  return row.takes === 'text' ? { type: 'string', ...short } : { type: 'boolean', ...short };
}

function meowValue(row: OptionRow, flags: Record<string, unknown>): string | boolean | undefined {
  const value = flags[camelCase(meowName(row))];
  if (row.name.startsWith('no-')) return value === false;
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

function checked(
  { values, words }: Exclude<Raw, { problem: string }>,
  extra: readonly string[],
): Parsed {
  for (const row of options) {
    if (row.takes === 'text' && values[row.name] === '') {
      return { problem: `--${row.name} needs a value: see autonomous-tui --help` };
    }
  }
  if (words.length > 1) {
    return {
      problem: `One description is needed, not ${words.length} words: put it in quotes`,
    };
  }
  const maxSessions = sessionLimit(text(values['max-sessions']));
  if (maxSessions === 'wrong') {
    return {
      problem: `--max-sessions takes a whole number of at least 1, not ${JSON.stringify(values['max-sessions'])}`,
    };
  }
  const maxWaitMs = duration(text(values['max-wait']));
  if (maxWaitMs === 'wrong') {
    return {
      problem: `--max-wait takes a time such as 90s, 15m, 6h or 2d, not ${JSON.stringify(values['max-wait'])}`,
    };
  }
  const refused = whyRefused(extra);
  if (refused !== null) return { problem: refused };
  const resumeLast = values['resume-last'] === true;
  return {
    call: {
      description: words[0] ?? null,
      taskName: text(values['task-name']),
      continues: values.continue === true || resumeLast,
      resumeLast,
      autoContinue: values['no-auto-continue'] !== true,
      maxSessions,
      network: values.network === true,
      list: values.list === true,
      help: values.help === true,
      version: values.version === true,
      headless: values.headless === true,
      json: values.json === true,
      directory: text(values.cd),
      codex: text(values.codex),
      trustOwner: values['trust-owner'] === true,
      maxWaitMs,
      continueAll: values['continue-all'] === true,
      demo: values.demo === true,
      extra,
    },
  };
}

function text(value: string | boolean | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function sessionLimit(value: string | null): number | null | 'wrong' {
  if (value === null) return null;
  const limit = Number(value);
  return /^[0-9]+$/u.test(value) && limit >= 1 && Number.isSafeInteger(limit) ? limit : 'wrong';
}

const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function duration(value: string | null): number | null | 'wrong' {
  if (value === null) return null;
  const match = /^([0-9]{1,6})([smhd])$/u.exec(value);
  return match === null ? 'wrong' : Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
}

function camelCase(name: string): string {
  return name.replace(/-(.)/gu, (_match, letter: string) => letter.toUpperCase());
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}
