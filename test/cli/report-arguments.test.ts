// What --report takes on the command line, and what it says instead of guessing.

import { expect, test } from 'vitest';
import { parseInvocation } from '../../source/cli/arguments.ts';

const problemOf = async (...argv: string[]): Promise<string | null> => {
  const parsed = await parseInvocation(argv);
  return 'problem' in parsed ? parsed.problem : null;
};

test('it takes a task, a time and --json, and nothing else is needed', async () => {
  expect(await problemOf('--report')).toBeNull();
  const parsed = await parseInvocation(['--report', '-n', 'cart', '--since', '2h', '--json']);
  expect(parsed).toMatchObject({ invocation: { report: true, taskName: 'cart', json: true } });
});

test('a time in the future, a description and a second thing to print are refused', async () => {
  expect(await problemOf('--report', '--since', '2999-01-01')).toMatch(/in the future/);
  expect(await problemOf('--report', 'Add a cart')).toBe('--report takes no description');
  expect(await problemOf('--report', '--log', 'cart')).toBe('Give either --log or --report');
});

test('--since and --filter say what they need', async () => {
  expect(await problemOf('--since', '2h', '--list')).toBe('--since needs --log or --report');
  expect(await problemOf('--report', '--filter', 'failed')).toBe('--filter needs --log');
});
