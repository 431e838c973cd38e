import { expect, test } from 'vitest';
import { parseInvocation } from '../../source/cli/arguments.ts';

test.each([
  [['--listen', '127.0.0.1'], '--listen needs --serve-hub'],
  [['--machine', 'laptop'], '--machine needs --serve-hub'],
  ...[
    ['--pinned', 'Sell apples'],
    ['--pinned', '--hub', 'a.hub'],
    ['--pinned', '--hub', 'a.hub', '--worker'],
  ].map((argv): [string[], string] => [
    argv,
    '--pinned needs --hub FILE and a description: a task without a hub stays here anyway',
  ]),
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

test.each([true, false])(
  'a task is given to one machine alone if so asked: %j',
  async (isPinned) => {
    const argv = ['--hub', 'a.hub', ...(isPinned ? ['--pinned'] : []), 'Sell apples'];
    expect(await parseInvocation(argv)).toMatchObject({ invocation: { hub: { isPinned } } });
  },
);
