// argv → the invocation, or a sentence that says what is wrong with it. Parsed by meow; quick-arguments.ts parses the
// invocations that must answer at once.

import {
  checkedInvocation,
  cutAtDashes,
  type Parsed,
  type Raw,
  type Values,
} from './invocation.ts';
import { withClearedOptions } from './cleared-options.ts';
import { withoutGoals } from './goal-arguments.ts';
import { mistypedOption, unknownOption } from './mistyped-option.ts';
import type { OptionRow, Value } from './options/option-row.ts';
import { options } from './options/table.ts';

export async function parseInvocation(argv: readonly string[]): Promise<Parsed> {
  const { own, extra } = cutAtDashes(argv);
  const { argv: seen, withGoals } = withoutGoals(withClearedOptions(own));
  const raw =
    own.length === 0 ? noWords : (mistypedOption(seen) ?? withGoals(await parseByMeow(seen)));
  return checkedInvocation(raw, extra);
}

/** For the row `first-frame`, which would take half as long again: loading meow takes 60 ms. */
const noWords: Raw = { values: {}, words: [] };

export async function parseByMeow(argv: readonly string[]): Promise<Raw> {
  const { default: meow } = await import('meow');
  const cli = meow({
    importMeta: import.meta,
    argv: [...argv],
    autoHelp: false,
    autoVersion: false,
    // Values stay strings: a task may be called 2024.
    inferType: false,
    // What was not given is neither yes nor no.
    booleanDefault: undefined,
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
    return { problem: unknownOption(`${dashes}${kebabCase(unknown)}`) };
  }
  return { values, words: cli.input };
}

type MeowFlag =
  | { type: 'string'; shortFlag?: string; isMultiple?: boolean }
  | { type: 'boolean'; shortFlag?: string };

/** meow reads `--no-x` as x being false, so x is the name it needs. */
function meowName(row: OptionRow): string {
  return row.name.replace(/^no-/u, '');
}

function meowFlag(row: OptionRow): MeowFlag {
  if (row.name.startsWith('no-')) return { type: 'boolean' };
  const short = row.short === undefined ? {} : { shortFlag: row.short };
  const many = row.isRepeatable === true ? { isMultiple: true } : {};
  return row.takes === 'text'
    ? { type: 'string', ...short, ...many }
    : { type: 'boolean', ...short };
}

function meowValue(row: OptionRow, flags: Record<string, unknown>): Value {
  const value = flags[camelCase(meowName(row))];
  // meow has an empty list for an option that was not given.
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(String);
  if (row.name.startsWith('no-')) return value === false;
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

function camelCase(name: string): string {
  return name.replace(/-(.)/gu, (_match, letter: string) => letter.toUpperCase());
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}
