// Parses `--list`, `--help` and `--version` with util.parseArgs, for the rows `list-*`: loading meow takes 60 ms, twice
// as long as a whole list of ten tasks. Both parsers use the one table of options.

import { parseArgs } from 'node:util';
import { checkedInvocation, cutAtDashes, type Parsed, type Raw } from './invocation.ts';
import { withClearedOptions } from './cleared-options.ts';
import { withoutGoals } from './goal-arguments.ts';
import { mistypedOption, parseArgsOptions } from './mistyped-option.ts';

export function parseQuickInvocation(argv: readonly string[]): Parsed {
  const { own, extra } = cutAtDashes(argv);
  const { argv: seen, withGoals } = withoutGoals(withClearedOptions(own));
  return checkedInvocation(mistypedOption(seen) ?? withGoals(parseQuickly(seen)), extra);
}

function parseQuickly(argv: readonly string[]): Raw {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: parseArgsOptions,
  });
  return { values, words: positionals };
}
