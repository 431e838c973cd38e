import { expect, test } from 'vitest';
import { parseInvocation } from '../../source/cli/arguments.ts';

/** What a verb that needs the task's files says to do. */
function insteadOf(option: string): string {
  const where = 'on its machine, in the directory that the worker there names';
  const sentences: Record<string, string> = {
    '--log': `The log of a task is exported ${where}: autonomous-tui --log`,
    '--take-over': `A conversation is taken over ${where}: autonomous-tui --take-over`,
    '--report': `The report of a task is written ${where}: autonomous-tui --report`,
    '--archive':
      'Nothing is deleted at a hub: its tasks stay, and b on the dashboard hides those that are done',
    '--resume-last':
      'Its worker says whether it goes on in the last conversation (--worker --resume-last): --continue continues it',
  };
  return sentences[option]!;
}

test.each([
  [['--listen', '127.0.0.1'], '--listen needs --serve-hub'],
  [['--machine', 'laptop'], '--machine needs --serve-hub'],
  [
    ['--pinned', '--hub', 'a.hub'],
    '--pinned needs a description, or the name of a task of the hub: --task-name NAME',
  ],
  [['--pinned', '--hub', 'a.hub', '-n', 'docs', '--pause'], 'Give either --pinned or --pause'],
  ...[
    ['--log', 'docs'],
    ['--take-over', '-n', 'docs'],
    ['--report'],
    ['--archive', '-n', 'docs'],
    ['--resume-last', '-n', 'docs'],
  ].map((argv): [string[], string] => [['--hub', 'a.hub', ...argv], insteadOf(argv[0]!)]),
  [
    ['--hub', 'a.hub', '--continue'],
    '--continue needs the name of a task of the hub: --task-name NAME',
  ],
  [
    ['--hub', 'a.hub', '--continue-all'],
    '--continue-all is for tasks of this machine: the workers of a hub continue its tasks, and --task-name NAME --continue one of them',
  ],
  [['--hub', 'a.hub', '--list', 'Sell apples'], 'Give either --list or a description'],
  [['--hub', 'a.hub', '-n', 'docs', '--pause', 'Sell apples'], '--pause takes no description'],
  [['--hub', 'a.hub', '--pause'], '--pause needs the name of a task: --task-name NAME'],
  [['--hub', 'a.hub', '--worker', '--pause', '-n', 'docs'], 'Give either --worker or --pause'],
  [['--hub', 'a.hub', '--worker', '--log', 'docs'], 'Give either --worker or --log'],
  [['--serve-hub', 'Sell apples'], '--serve-hub takes no description'],
  [['--worker'], '--worker needs --hub FILE'],
  [['--worker', '--hub', 'a.hub', 'Sell apples'], '--worker takes no description'],
  [
    ['--serve-hub', '--listen', 'here there'],
    '--listen takes an address such as 0.0.0.0:4222 or 127.0.0.1, not "here there"',
  ],
  [
    ['--serve-hub', '--machine', 'a', '--machine', '../b'],
    '--machine takes a name of letters, digits, _ and -, up to 63 of them, not "../b"',
  ],
])('%j is wrong usage', async (argv, problem) => {
  expect(await parseInvocation(argv)).toEqual({ problem });
});

test('a hub is served as it is asked for', async () => {
  expect(await parseInvocation(['--serve-hub'])).toMatchObject({
    invocation: { hub: { listen: null, machines: [] } },
  });
  const argv = ['--serve-hub', '--listen', '[::1]:4300', '--machine', 'a', '--machine', 'b'];
  expect(await parseInvocation(argv)).toMatchObject({
    invocation: { hub: { listen: { host: '::1', port: 4300 }, machines: ['a', 'b'] } },
  });
});

test.each([
  [['--hub', 'a.hub'], 'hub'],
  [['--hub', 'a.hub', '--worker'], 'worker'],
  [['--hub', 'a.hub', 'Sell apples'], 'give'],
])('%j asks the hub for %s', async (argv, name) => {
  expect(await parseInvocation(argv)).toMatchObject({
    invocation: { hub: { name, hub: 'a.hub' } },
  });
});

test.each([
  [['--pause'], 'pause'],
  [['--pause-after-session'], 'pause-after-session'],
  [['--continue'], 'continue'],
  [[], 'continue'],
  [['--pinned'], 'pin'],
  [['--pinned', '--continue'], 'pin'],
  [['--pinned', 'none'], 'unpin'],
  [['--merge'], 'merge'],
  [['--diff'], 'diff'],
  [['--undo', '--session', '3'], 'undo'],
])('with the name of a task, %j asks for it at the hub', async (argv, verb) => {
  expect(await parseInvocation(['--hub', 'a.hub', '-n', 'docs', ...argv])).toMatchObject({
    invocation: { hub: { name: 'task', hub: 'a.hub', verb } },
  });
});

test.each([['--list'], ['--doctor'], ['--tell', 'Use oak']])(
  '%s answers alone over a hub, too',
  async (...argv) => {
    expect(await parseInvocation(['--hub', 'a.hub', '-n', 'docs', ...argv])).toMatchObject({
      invocation: { hub: { name: 'hub' } },
    });
  },
);

test.each([true, false])(
  'a task is given to one machine alone if so asked: %j',
  async (isPinned) => {
    const argv = ['--hub', 'a.hub', ...(isPinned ? ['--pinned'] : []), 'Sell apples'];
    expect(await parseInvocation(argv)).toMatchObject({ invocation: { hub: { isPinned } } });
  },
);
