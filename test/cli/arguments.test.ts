import { describe, expect, test } from 'vitest';
import { parseByMeow } from '../../source/cli/arguments.ts';
import { checkedInvocation, readWithoutParser } from '../../source/cli/invocation.ts';
import { options, type OptionRow } from '../../source/cli/options.ts';
import { parseQuickly } from '../../source/cli/quick-arguments.ts';

const withoutValue = options
  .filter(({ takes }) => takes === 'nothing')
  .map((row: OptionRow) => [`--${row.name}`]);

describe('reading without a parser gives the same result as both parsers', () => {
  test.each([[], ...withoutValue].map((words) => [words.join(' ') || 'no word', words] as const))(
    '%s',
    async (_said, words) => {
      const read = readWithoutParser(words);
      expect(read).toEqual(await parseByMeow(words));
      expect(checkedInvocation(read!, [])).toEqual(checkedInvocation(parseQuickly(words), []));
    },
  );
});

test.each([
  ['a description', 'fix the bugs'],
  ['a short name', '-l'],
  ['an option that takes a value', '--cd'],
  ['an option with its value', '--cd=/tmp'],
  ['an unknown option', '--lost'],
  ['the end of options', '--'],
])('%s is left to a parser', (_what, word) => {
  expect(readWithoutParser([word])).toBeNull();
});

test('more than one word is left to a parser', () => {
  expect(readWithoutParser(['--list', '--json'])).toBeNull();
});
