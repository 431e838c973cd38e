import { describe, expect, test } from 'vitest';
import { parseInvocation } from '../../source/cli/arguments.ts';
import { options, type OptionName } from '../../source/cli/options/table.ts';
import { parseQuickInvocation } from '../../source/cli/quick-arguments.ts';

/** What both parsers say: it must be the same. */
async function problemOf(...argv: string[]): Promise<string | null> {
  const parsed = await parseInvocation(argv);
  expect(parseQuickInvocation(argv)).toEqual(parsed);
  return 'problem' in parsed ? parsed.problem : null;
}

describe('an option that does not exist names the one that is meant', () => {
  test.each([
    ['--lsit', '--list'],
    ['--hepl', '--help'],
    ['--max-session=3', '--max-sessions N'],
    ['--maxSessions=3', '--max-sessions N'],
    ['--max_sessions=3', '--max-sessions N'],
    ['--Model=x', '--model M'],
    ['--wait=3h', '--max-wait TIME'],
    ['--name=shop', '--task-name <name>'],
    ['--task=shop', '--task-name <name>'],
    ['--resume', '--resume-last'],
    ['--cwd=/tmp', '--cd DIR'],
    ['-V', '--version'],
    ['-N', '--task-name <name>'],
    ['-m', '--model M'],
  ])('%s: %s', async (typed, meant) => {
    const [asTyped] = typed.split('=');
    expect(await problemOf(typed)).toBe(`Unknown option '${asTyped}'; did you mean ${meant}?`);
    expect(await problemOf('--headless', 'fix the bugs', typed)).toContain(meant);
  });

  test.each(['-x', '--foo', '--no-list', '--auto-continue', '--dry-run', '--é', '--__proto__'])(
    '%s means none of ours',
    async (typed) => {
      expect(await problemOf(typed)).toBe(`Unknown option '${typed}'; see autonomous-tui --help`);
    },
  );

  test('the one that comes first, in a bundle of short ones too', async () => {
    expect(await problemOf('-lyz', '--foo')).toContain("'-y'");
    expect(await problemOf('--foo', '-y')).toContain("'--foo'");
  });
});

test.each(options.filter(({ takes }) => takes === 'text').map(({ name }) => name))(
  '--%s needs a value, and an option after it is none',
  async (name: OptionName) => {
    const needed = `--${name} needs a value; see autonomous-tui --help`;
    expect(await problemOf(`--${name}`)).toBe(needed);
    expect(await problemOf(`--${name}=`)).toBe(needed);
    // What follows --tell is its text, whatever it looks like.
    if (name !== 'tell') expect(await problemOf(`--${name}`, '--json')).toBe(needed);
  },
);

test('an option without a value refuses one', async () => {
  expect(await problemOf('--list=yes')).toBe('--list takes no value');
  expect(await problemOf('--list=')).toBe('--list takes no value');
});
