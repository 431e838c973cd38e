// Parses `--list`, `--help` and `--version` with util.parseArgs, for the rows `list-*`: loading meow takes 60 ms, twice
// as long as a whole list of ten tasks. Both parsers use the one table of options.

import { parseArgs } from 'node:util';
import { checkedInvocation, cutAtDashes, type Parsed, type Raw } from './invocation.ts';
import { withoutGoals } from './goal-arguments.ts';
import type { OptionRow } from './options/option-row.ts';
import { options } from './options/table.ts';

export function parseQuickInvocation(argv: readonly string[]): Parsed {
  const { own, extra } = cutAtDashes(argv);
  const { argv: seen, withGoals } = withoutGoals(own);
  return checkedInvocation(withGoals(parseQuickly(seen)), extra);
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
    return { problem: `${first}; see autonomous-tui --help` };
  }
}

type QuickOption = { type: 'string' | 'boolean'; short?: string; multiple: boolean };

function quickOption({ takes, short, isRepeatable = false }: OptionRow): QuickOption {
  const option = { type: takes === 'text' ? 'string' : 'boolean', multiple: isRepeatable } as const;
  return short === undefined ? option : { ...option, short };
}
