import { describe, expect, test } from 'vitest';
import { parseByMeow, parseInvocation } from '../../source/cli/arguments.ts';
import { checkedInvocation } from '../../source/cli/invocation.ts';
import type { OptionRow } from '../../source/cli/options/option-row.ts';
import { options } from '../../source/cli/options/table.ts';
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
      ['--list', '--check', 'npm test', '--check', 'make'],
    ].map((words) => [words.join(' '), words] as const),
  )('%s', async (_said, words) => {
    expect(parseQuickInvocation(words)).toEqual(await parseInvocation(words));
  });
});

describe('a review', () => {
  const given = async (...words: string[]): Promise<object> => {
    const parsed = await parseInvocation(['a goal', ...words]);
    return 'problem' in parsed ? parsed : parsed.invocation.sessionOptions;
  };

  test('is asked for, done without, or as it was', async () => {
    expect(await given()).toEqual({});
    expect(await given('--review')).toEqual({ review: true });
    expect(await given('--no-review')).toEqual({ review: false });
  });

  test('that is both is as the last one says', async () => {
    expect(await given('--review', '--no-review')).toEqual({ review: false });
    expect(await given('--no-review', '--review')).toEqual({ review: true });
  });

  test('and a value that it does not take is refused', async () => {
    expect(await given('--review=yes')).toEqual({ problem: '--review takes no value' });
  });
});

describe('a remembered option that takes no value', () => {
  test.each([
    ['review', 'review'],
    ['check-network', 'checkNetwork'],
    ['pinned', 'pinned'],
    ['worktree', 'worktree'],
  ])('--%s is cleared by none, and by its contrary', async (option, name) => {
    for (const [words, value] of [
      [[`--${option}`], true],
      [[`--${option}`, 'none'], false],
      [[`--${option}=none`], false],
      [[`--no-${option}`], false],
    ] as const) {
      for (const argv of [
        [...words, 'a goal'],
        ['-n', 'shop', ...words],
      ]) {
        expect(await parseInvocation(argv)).toMatchObject({
          invocation: { sessionOptions: { [name]: value } },
        });
        expect(parseQuickInvocation(argv)).toEqual(await parseInvocation(argv));
      }
    }
  });

  test('of which there is no contrary leaves none alone', async () => {
    expect(await parseInvocation(['--continue', 'none'])).toHaveProperty('problem');
  });
});

describe('checks', () => {
  const given = async (...words: string[]): Promise<object> => {
    const parsed = await parseInvocation(['a goal', ...words]);
    return 'problem' in parsed ? parsed : parsed.invocation.sessionOptions;
  };

  test('are given one by one, and each counts once', async () => {
    expect(await given()).toEqual({});
    expect(await given('--check', 'npm test', '--check=make', '--check', ' make ')).toEqual({
      checks: ['npm test', 'make'],
      checkNetwork: false,
    });
  });

  test('may begin like an option, and hold anything that a shell reads', async () => {
    const command = "--x 'a b'\n| tee out";
    expect(await given('--check', command)).toMatchObject({ checks: [command] });
  });

  test('have the network if that is said with them, or for those that are remembered', async () => {
    expect(await given('--check', 'make', '--check-network')).toMatchObject({ checkNetwork: true });
    expect(await given('--check-network')).toEqual({ checkNetwork: true });
  });

  test('are cleared by none, alone', async () => {
    expect(await given('--check', 'none')).toEqual({ checks: [], checkNetwork: false });
    expect(await given('--check', 'none', '--check', 'make')).toEqual({
      problem: '--check none means no checks: give it alone',
    });
  });

  test.each(['', '  '])('are not empty: %j', async (command) => {
    expect(await given('--check', command)).toEqual({
      problem: '--check needs a value; see autonomous-tui --help',
    });
  });
});

test('no word at all is the same with and without meow', async () => {
  expect(await parseInvocation([])).toEqual(checkedInvocation(await parseByMeow([]), []));
});
