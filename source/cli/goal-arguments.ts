// Which arguments are goals although they look like options: `- [ ] fix it` would be an unknown option to a parser.

import type { Raw } from './invocation.ts';
import { options } from './options/table.ts';

/**
 * `argv` without its goals, for a parser, and how to put them back into what it returns. No argument can contain NUL,
 * so what stands in for a goal is never mistaken for another argument.
 */
export function withoutGoals(argv: readonly string[]): {
  argv: string[];
  withGoals: (raw: Raw) => Raw;
} {
  const shown = <Value>(value: Value): Value | string =>
    typeof value === 'string' && value.startsWith('\0')
      ? (argv[Number(value.slice(1))] ?? value)
      : value;
  return {
    argv: argv.map((argument, index) =>
      isGoal(argument) || argv[index - 1] === '--tell' ? `\0${index}` : argument,
    ),
    withGoals: (raw) => {
      if ('problem' in raw) return raw;
      const values = Object.entries(raw.values).map(([name, value]) => [
        name,
        typeof value === 'object' ? value.map(shown) : shown(value),
      ]);
      return {
        values: Object.fromEntries(values) as typeof raw.values,
        words: raw.words.map(shown),
      };
    },
  };
}

/** It contains a space or a line break, or starts with `---`, `- `, or `-` and a digit; `--cd=My files` does not count. */
function isGoal(argument: string): boolean {
  return /\s|^---|^-[0-9]/u.test(argument) && !isOptionWithValue(argument);
}

function isOptionWithValue(argument: string): boolean {
  if (/^-C[./~]/u.test(argument)) return true;
  const [, name] = /^--([a-z-]+)=/u.exec(argument) ?? [];
  return name !== undefined && options.some((row) => row.name === name);
}
