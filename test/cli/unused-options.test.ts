import { describe, expect, test } from 'vitest';
import { parseInvocation } from '../../source/cli/arguments.ts';
import type { OptionRow } from '../../source/cli/options/option-row.ts';
import { options } from '../../source/cli/options/table.ts';
import { parseQuickInvocation } from '../../source/cli/quick-arguments.ts';
import { main as quickly } from '../../source/cli/quick.ts';
import { noTaskSentence, unusedSentence, type Answering } from '../../source/cli/unused-options.ts';

async function unusedIn(answering: Answering, line: string): Promise<string | null> {
  const parsed = await parseInvocation(line.split(' '));
  if ('problem' in parsed) throw new Error(parsed.problem);
  return unusedSentence(answering, parsed.invocation);
}

describe('a command names what it was given and does not use', () => {
  test.each<[Answering, string, string]>([
    ['--list', '--list --continue', '--continue'],
    ['--list', '--headless --list', '--headless'],
    ['--list', '-lc -n shop Sell', '--task-name, --continue, the description'],
    ['--list', '--list --json --continue-all --demo', '--continue-all, --demo'],
    ['--list', '--list --log shop -- -m x', '--log, the arguments after --'],
    ['--log', '--log shop --json --demo --max-sessions 3', '--max-sessions, --demo'],
    ['--continue-all', '--continue-all --resume-last Sell', '--resume-last, the description'],
    ['--continue-all', '--continue-all --headless --json --max-wait 3h', '--json, --max-wait'],
    ['--demo', '--demo --headless --network --cd /tmp', '--network, --cd'],
    ['--demo', '--demo --no-auto-continue', '--no-auto-continue'],
    ['The dashboard', '--max-wait 3h Sell', '--max-wait'],
    ['--background', '--background --max-wait 3h Sell', '--max-wait'],
    ['--install-skill', '--install-skill --cd /tmp', '--cd'],
    ['The list of a hub', '--hub a.hub --list -n docs', '--task-name'],
    ['The dashboard of a hub', '--hub a.hub --model m', '--model'],
    ['--pause', '--hub a.hub --pause -n docs --continue', '--continue'],
    ['Continuing a task of a hub', '--hub a.hub -n docs --max-sessions 3', '--max-sessions'],
    ['Giving a task to a hub', '--hub a.hub --max-sessions 3 Sell', '--max-sessions'],
  ])('%s: %s', async (answering, line, unused) => {
    expect(await unusedIn(answering, line)).toBe(`${answering} does not use: ${unused}`);
  });

  test.each<[Answering, string]>([
    ['--list', '--list --json --cd /tmp'],
    ['--log', '--log shop --filter files --since 2h --json -C /tmp'],
    ['--continue-all', '--continue-all --network --max-sessions 3 --trust-owner -- -m x'],
    ['--demo', '--demo --headless --codex /bin/codex'],
    ['--background', '--background -n shop -c --until 07:00 --network Sell'],
    ['--pause', '--hub a.hub --pause -n docs -C /tmp'],
    ['Continuing a task of a hub', '--hub a.hub -n docs -c -C /tmp'],
    ['Giving a task to a hub', '--hub a.hub -n docs --pinned --model m --review Sell'],
    ['The dashboard', '-n shop -c --resume-last --network --codex /bin/codex Sell -- -m x'],
  ])('%s uses all of: %s', async (answering, line) => {
    expect(await unusedIn(answering, line)).toBeNull();
  });

  const others = options.filter(({ name }) => name !== 'help' && name !== 'version');
  test.each(others.map((row: OptionRow) => row))(
    '--list names --$name, unless it uses it',
    ({ name, takes }) => {
      const value = takes === 'text' ? [name === 'max-wait' ? '2h' : '3'] : [];
      const parsed = parseQuickInvocation(['--list', `--${name}`, ...value]);
      // --filter and --since are refused without --log.
      if ('problem' in parsed) return expect(parsed.problem).toContain(name);
      const isUsed = ['list', 'all', 'json', 'cd'].includes(name);
      const sentence = isUsed ? null : `--list does not use: --${name}`;
      expect(unusedSentence('--list', parsed.invocation)).toBe(sentence);
    },
  );
});

test.each([
  [['--headless'], '--headless'],
  [['--json'], '--json'],
  [['--', '-m', 'x'], 'the arguments after --'],
  [['--headless', '--max-sessions', '3'], '--max-sessions, --headless'],
])('%j without a task says what is missing', async (argv, given) => {
  const parsed = await parseInvocation(argv);
  if ('problem' in parsed) throw new Error(parsed.problem);
  expect(noTaskSentence(parsed.invocation)).toBe(
    `No task is named for ${given}: add a description in quotes, --task-name NAME or --continue`,
  );
});

test('what only looks like a quick invocation is left to the other parser', async () => {
  expect(await quickly(['-nlist', '-c'])).toBeNull();
});

test.each([
  ['--help', '--max-sessions', 'no number', 'list'],
  ['--version', '--since', 'no time'],
  ['--help', '--list', '--continue', '--', '--sandbox', 'none'],
])('%s answers alone, whatever else is given', async (option, ...others) => {
  const alone = await parseInvocation([option]);
  expect(await parseInvocation([option, ...others])).toEqual(alone);
  expect(parseQuickInvocation([...others.slice(0, 2), option])).toEqual(alone);
});
