// What is wrong with the options as they are typed. Both parsers ask here first: each has its own idea of what may be
// wrong (meow takes `--Model`, `--no-list` and `--list=yes`), and its own sentence.

import { parseArgs } from 'node:util';
import { nearestName } from '../core/text/edit-distance.ts';
import { needsValue, optionAsTyped, type OptionRow } from './options/option-row.ts';
import { options } from './options/table.ts';

type ParseArgsOption = { type: 'string' | 'boolean'; short?: string; multiple: boolean };

/** The table of options, for util.parseArgs. */
export const parseArgsOptions: Readonly<Record<string, ParseArgsOption>> = Object.fromEntries(
  options.map((row: OptionRow) => [row.name, parseArgsOption(row)]),
);

function parseArgsOption({ takes, short, isRepeatable = false }: OptionRow): ParseArgsOption {
  const option = { type: takes === 'text' ? 'string' : 'boolean', multiple: isRepeatable } as const;
  return short === undefined ? option : { ...option, short };
}

/** A sentence for the first option that does not exist, lacks its value, or has one that it does not take. */
export function mistypedOption(argv: readonly string[]): { problem: string } | null {
  const { tokens } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: parseArgsOptions,
  });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (!Object.hasOwn(parseArgsOptions, name)) return { problem: unknownOption(rawName) };
    if (parseArgsOptions[name]?.type === 'boolean') {
      if (value !== undefined) return { problem: `${rawName} takes no value` };
    } else if (value === undefined || value === '' || (!inlineValue && /^-./su.test(value))) {
      return { problem: needsValue(name) };
    }
  }
  return null;
}

/** `Unknown option '--lsit'; did you mean --list?` */
export function unknownOption(asTyped: string): string {
  const meant = meantBy(asTyped);
  return meant === null
    ? `Unknown option '${asTyped}'; see autonomous-tui --help`
    : `Unknown option '${asTyped}'; did you mean ${optionAsTyped(meant)}?`;
}

/** What Codex and other programs call an option of ours. */
const otherNames: Readonly<Record<string, string>> = {
  m: 'model',
  p: 'profile',
  name: 'task-name',
  resume: 'resume-last',
  cwd: 'cd',
  directory: 'cd',
};

function meantBy(asTyped: string): OptionRow | null {
  const rows: readonly OptionRow[] = options;
  const typed = asTyped.replace(/^-+/u, '');
  const byOtherName = Object.hasOwn(otherNames, typed) ? otherNames[typed] : undefined;
  if (byOtherName !== undefined) return rows.find(({ name }) => name === byOtherName) ?? null;
  if (typed.length === 1) {
    return rows.find(({ short }) => short?.toLowerCase() === typed.toLowerCase()) ?? null;
  }
  const word = typed.replaceAll(/(?<=[a-z])(?=[A-Z])|_/gu, '-').toLowerCase();
  const nearest = nearestName(
    word,
    rows.map(({ name }) => name),
  );
  if (nearest !== null) return rows.find(({ name }) => name === nearest) ?? null;
  // `--max-s`, `--wait`: a beginning or an end that only one has. `--auto-continue` does not mean its contrary.
  const partly = rows.filter(
    ({ name }) => name.startsWith(word) || (name.endsWith(`-${word}`) && name !== `no-${word}`),
  );
  return partly.length === 1 && word.length >= 3 ? (partly[0] ?? null) : null;
}
