// The log on the screen and without one: a log of many sessions, larger than what is read of its end at first.

import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  commandCompleted,
  commandStarted,
  ended,
  error,
  message,
  started,
  threadStarted,
} from '../helpers/log-lines.ts';
import type { Terminal } from '../helpers/terminal.ts';
import { test, type World } from '../helpers/world.ts';

const sessions = 40;

function lines(): object[] {
  return Array.from({ length: sessions }, (_, at) => {
    const number = at + 1;
    return [
      started(number, { at: new Date(Date.UTC(2026, 0, 29, 1, number)).toISOString() }),
      threadStarted(`01a2023d-ceff-78c1-8e86-${String(number).padStart(12, '0')}`),
      ...Array.from({ length: 12 }, (_, item) => [
        commandStarted(`item_${item}`, `make part-${number}-${item}`),
        commandCompleted(`item_${item}`, {
          command: `make part-${number}-${item}`,
          aggregated_output: `${'a line of output\n'.repeat(150)}built ${number}-${item}\nok\nok\nok\n`,
          exit_code: number === 20 && item === 5 ? 3 : 0,
          status: number === 20 && item === 5 ? 'failed' : 'completed',
        }),
        message(`Part ${item} of session ${number} is there`, `item_m${item}`),
      ]).flat(),
      ...(number === 30 ? [error('Something went wrong in thirty')] : []),
      ended(number),
    ];
  }).flat();
}

const text = (objects: readonly object[]) =>
  objects.map((one) => `${JSON.stringify(one)}\n`).join('');

async function worldWithLog(
  makeWorld: () => Promise<World>,
): Promise<{ world: World; log: string }> {
  const world = await makeWorld();
  const task = await world.prepare('shop');
  const log = join(task.path, 'session.log');
  await writeFile(log, text(lines()));
  return { world, log };
}

async function inLog(world: World, size = {}): Promise<Terminal> {
  const dashboard = await world.dashboard([], size);
  await dashboard.waitFor('▸ ○ shop');
  dashboard.press('enter');
  await dashboard.waitFor('Esc back');
  await dashboard.waitFor('Session 40: completed');
  return dashboard;
}

test('a search goes through the whole log, into folded output, and from match to match', async ({
  makeWorld,
}) => {
  const { world } = await worldWithLog(makeWorld);
  const dashboard = await inLog(world);
  dashboard.press('/');
  await dashboard.waitFor('Search:');
  dashboard.type('built 7-');
  dashboard.press('enter');
  await dashboard.waitFor('12 of 12 matches');
  await dashboard.waitFor('built 7-11');
  dashboard.press('N');
  await dashboard.waitFor('11 of 12 matches');
  await dashboard.waitFor('built 7-10');
  dashboard.press('n', 'n');
  await dashboard.waitFor('1 of 12 matches');
  await dashboard.waitFor('built 7-0');
  dashboard.press('escape');
  await dashboard.waitUntilGone('matches');
  expect(dashboard.screen().join('\n')).toContain('n new');
});

test('a filter shows one kind of entries, and errors are jumped to over the whole log', async ({
  makeWorld,
}) => {
  const { world } = await worldWithLog(makeWorld);
  const dashboard = await inLog(world);
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

test('an expression is searched for as one, and one that is none is refused where one types', async ({
  makeWorld,
}) => {
  const { world } = await worldWithLog(makeWorld);
  const dashboard = await inLog(world);
  dashboard.press('/', 'tab');
  await dashboard.waitFor('Expression:');
  dashboard.type('built (1|2)-1[01');
  await dashboard.waitFor(/No expression: /);
  dashboard.type(']');
  await dashboard.waitUntilGone('No expression');
  dashboard.press('enter');
  await dashboard.waitFor('4 of 4 matches');
  await dashboard.waitFor('built 2-11');
});

test('what comes is counted while one is scrolled back, and F follows again', async ({
  makeWorld,
}) => {
  const { world, log } = await worldWithLog(makeWorld);
  const dashboard = await inLog(world);
  dashboard.press('g');
  await dashboard.waitFor(/▸.*session 1 · executor/);
  await appendFile(log, text([message('one more', 'x1'), message('and another', 'x2')]));
  await dashboard.waitFor('2 new below');
  expect(dashboard.screen().join('\n')).toMatch(/▸.*session 1 · executor/);
  dashboard.press('F');
  await dashboard.waitFor('and another');
  await dashboard.waitUntilGone('new below');
});

test('an entry goes to the clipboard by key, and what is shown to a file that is not there yet', async ({
  makeWorld,
}) => {
  const { world } = await worldWithLog(makeWorld);
  const dashboard = await inLog(world);
  dashboard.press('t');
  await dashboard.waitFor('Go to:');
  dashboard.type('session 3');
  dashboard.press('enter');
  await dashboard.waitFor(/▸.*session 3 · executor/);
  expect(dashboard.rawBytes()).not.toContain('\u001B]52;');
  dashboard.press('j', 'j', 'y');
  await dashboard.waitFor('Copied');
  const copied = /\u001B\]52;c;([^\u0007]*)\u0007/u.exec(dashboard.rawBytes())?.[1] ?? '';
  expect(Buffer.from(copied, 'base64').toString()).toBe('Part 0 of session 3 is there');

  const path = join(world.project, 'out.jsonl');
  dashboard.press('a');
  await dashboard.waitFor('this session');
  for (const expected of ['26 entries|25 entries', 'There is a file']) {
    dashboard.press('x');
    await dashboard.waitFor('Write to:');
    dashboard.type(path);
    dashboard.press('enter');
    await dashboard.waitFor(new RegExp(expected));
  }
  const written = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(written.map((line) => JSON.parse(line) as { kind: string })[1]).toMatchObject({
    kind: 'command',
    command: 'make part-3-0',
  });
});

test('--log prints the same entries without a screen, and says what it does not know', async ({
  makeWorld,
}) => {
  const { world } = await worldWithLog(makeWorld);
  const failed = await world.run(['--log', 'shop', '--filter', 'failed', '--json']);
  expect(
    failed.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  ).toMatchObject([{ version: 1, kind: 'command', command: 'make part-20-5', exitCode: 3 }]);
  const late = await world.run(['--log', 'shop', '--since', '2026-01-29T01:40:00Z']);
  expect(late.stdout).toMatch(/^2026-01-29T01:40:00.000Z {2}session 40, executor/);
  expect(await world.run(['--log', 'nobody'])).toMatchObject({ exitCode: 1, stdout: '' });
  expect(await world.run(['--log', '../shop'])).toMatchObject({ exitCode: 1, stdout: '' });
  expect(await world.run(['--log', 'shop', '--filter', 'x'])).toMatchObject({ exitCode: 2 });
  expect(await world.run(['--filter', 'errors'])).toMatchObject({ exitCode: 2 });
});
