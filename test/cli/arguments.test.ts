import { describe, expect, test } from 'vitest';
import { parseByMeow, parseInvocation } from '../../source/cli/arguments.ts';
import { checkedInvocation } from '../../source/cli/invocation.ts';
import { options, type OptionRow } from '../../source/cli/options.ts';
import { parseQuickInvocation } from '../../source/cli/quick-arguments.ts';

const withoutValue = options
  .filter(({ takes }) => takes === 'nothing')
  .map((row: OptionRow) => [`--${row.name}`]);

describe('both parsers read the same invocation', () => {
  test.each(
    [
      ...withoutValue,
      ['-l', '--json'],
      ['--list', '-C', '/tmp'],
      ['--cd=/tmp', '--list', '--json'],
      ['-lh'],
      ['fix the bugs', '--list', '--no-auto-continue'],
      ['--task-name', '2024', '--list'],
    ].map((words) => [words.join(' '), words] as const),
  )('%s', async (_said, words) => {
    expect(parseQuickInvocation(words)).toEqual(await parseInvocation(words));
  });
});

test('no word at all is the same with and without meow', async () => {
  expect(await parseInvocation([])).toEqual(checkedInvocation(await parseByMeow([]), []));
});
