import { describe, expect, test } from 'vitest';
import { parseByMeow } from '../../source/cli/arguments.ts';
import { checkedCall, readWithoutParser } from '../../source/cli/invocation.ts';
import { options, type OptionRow } from '../../source/cli/options.ts';
import { parseQuickly } from '../../source/cli/quick-arguments.ts';

const withoutValue = options
  .filter(({ takes }) => takes === 'nothing')
  .map((row: OptionRow) => [`--${row.name}`]);

describe('what is read without a parser is what a parser reads', () => {
  test.each([[], ...withoutValue].map((words) => [words.join(' ') || 'no word', words] as const))(
    '%s',
    async (_said, words) => {
      const read = readWithoutParser(words);
      expect(read).toEqual(await parseByMeow(words));
      expect(checkedCall(read!, [])).toEqual(checkedCall(parseQuickly(words), []));
    },
  );
});

test.each([
  ['a description', 'fix the bugs'],
  ['a short name', '-l'],
  ['an option that takes a value', '--cd'],
  ['an option with its value', '--cd=/tmp'],
  ['an option that nobody knows', '--lost'],
  ['the end of options', '--'],
])('%s is left to a parser', (_what, word) => {
  expect(readWithoutParser([word])).toBeNull();
});

test('more than one word is left to a parser', () => {
  expect(readWithoutParser(['--list', '--json'])).toBeNull();
});
