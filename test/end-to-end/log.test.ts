// The log on the screen and by --log. Its keys: log-keys.test.ts.

import { appendFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { zonedTime } from '../../source/core/text/numbers.ts';
import { ended, message, started } from '../helpers/log-lines.ts';
import { logText, lookingAtLog, writeLongLog } from '../helpers/long-log.ts';
import { test } from '../helpers/end-to-end-world.ts';

test('a filter shows one kind of entry, and errors are found in the whole log', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  await writeLongLog(world);
  const dashboard = await lookingAtLog(world);
  dashboard.press('f');
  await dashboard.waitFor('only messages');
  await dashboard.waitUntilGone('$ make');
  await dashboard.waitFor(/Part 0 of session 39[^]*Part 11 of session 40/);
  dashboard.press('f', 'f');
  await dashboard.waitFor('only failed commands');
  await dashboard.waitFor(/\$ make part-20-5 .*exit 3/);
  expect(
    dashboard
      .screen()
      .join('\n')
      .match(/\$ make/g),
  ).toHaveLength(1);
  dashboard.press('escape');
  await dashboard.waitUntilGone('only failed');

  dashboard.press('F', 'E');
  await dashboard.waitFor(/▸.*Something went wrong in thirty/);
  dashboard.press('E');
  await dashboard.waitFor(/▸.*make part-20-5 .*exit 3/);
  dashboard.press('E');
  await dashboard.waitFor('No error further up');
  dashboard.press('e');
  await dashboard.waitFor(/▸.*Something went wrong in thirty/);
});

test('a regular expression is searched for, and an invalid one is refused in the search line', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  await writeLongLog(world);
  const dashboard = await lookingAtLog(world);
  dashboard.press('/', 'tab');
  await dashboard.waitFor('Regex:');
  dashboard.type('built (1|2)-1[01');
  await dashboard.waitFor(/Invalid regex: /);
  dashboard.type(']');
  await dashboard.waitUntilGone('Invalid regex');
  dashboard.press('enter');
  await dashboard.waitFor('4 of 4 matches');
  await dashboard.waitFor('built 2-11');
});

test('--log prints the same entries without a screen, and reports unknown tasks and filters', async ({
  makeWorld,
}) => {
  const world = await makeWorld();
  const log = await writeLongLog(world);
  const [begun, over] = [{ at: '2026-01-29T02:00:00.000Z' }, { at: '2026-01-29T02:10:00.000Z' }];
  const failed = await world.run(['--log', 'shop', '--filter', 'failed', '--json']);
  expect(
    failed.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  ).toMatchObject([{ version: 1, kind: 'command', command: 'make part-20-5', exitCode: 3 }]);
  const late = await world.run(['--log', 'shop', '--since', '2026-01-29T01:40:00Z']);
  expect(late.stdout).toMatch(/^2026-01-29T01:40:00.000Z {2}session 40, working/);
  // An entry without a time is left out: it may have come earlier.
  await appendFile(log, logText([started(41, begun), message('early'), ended(41, over)]));
  const later = await world.run(['--log', 'shop', '--since', '2026-01-29T02:05:00Z']);
  expect(later.stdout).toBe('2026-01-29T02:00:00.000Z  session 41, working, completed, 10m 00s\n');
  // In a terminal the times are the user's.
  const shown = world.open(['--log', 'shop', '--since', '2026-01-29T02:05:00Z']);
  await shown.waitFor(`${zonedTime(Date.parse(begun.at))}  session 41, working, completed`);
  expect(await world.run(['--log', 'nobody'])).toMatchObject({ exitCode: 1, stdout: '' });
  expect(await world.run(['--log', '../shop'])).toMatchObject({ exitCode: 1, stdout: '' });
  expect(await world.run(['--log', 'shop', '--filter', 'x'])).toMatchObject({ exitCode: 2 });
  expect(await world.run(['--filter', 'errors'])).toMatchObject({ exitCode: 2 });
});
