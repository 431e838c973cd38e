// Every key of the log, pressed in a real terminal: a log of many sessions, larger than what is read of its end at
// first.

import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { use } from '../helpers/command-keys.ts';
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

async function inLog(
  makeWorld: () => Promise<World>,
): Promise<{ world: World; log: string; dashboard: Terminal }> {
  const world = await makeWorld();
  const task = await world.prepare('shop');
  const log = join(task.path, 'session.log');
  await writeFile(log, text(lines()));
  const dashboard = await world.dashboard();
  await dashboard.waitFor('▸ ○ shop');
  use(dashboard, 'tasks', 'open-task');
  await dashboard.waitFor('Esc back');
  await dashboard.waitFor('Session 40: completed');
  return { world, log, dashboard };
}

describe.concurrent('in the log', () => {
  test('a search goes through the whole of it, into folded output, from match to match', async ({
    makeWorld,
  }) => {
    const { dashboard } = await inLog(makeWorld);
    use(dashboard, 'log', 'search');
    await dashboard.waitFor('Search:');
    dashboard.type('built 7-');
    use(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor('12 of 12 matches');
    await dashboard.waitFor('built 7-11');
    use(dashboard, 'log', 'previous-match');
    await dashboard.waitFor('11 of 12 matches');
    await dashboard.waitFor('built 7-10');
    use(dashboard, 'log', 'next-match');
    use(dashboard, 'log', 'next-match');
    await dashboard.waitFor('1 of 12 matches');
    await dashboard.waitFor('built 7-0');
    use(dashboard, 'log', 'clear-log');
    await dashboard.waitUntilGone('matches');
    // An expression, one that is none, and none after all.
    use(dashboard, 'log', 'search');
    await dashboard.waitFor('Search:');
    use(dashboard, 'ask', 'ask-form');
    dashboard.type('built (7|8)-1$');
    use(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor('2 of 2 matches');
    use(dashboard, 'log', 'search');
    await dashboard.waitFor('Search:');
    use(dashboard, 'ask', 'ask-form');
    dashboard.type('(');
    use(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor(/[Uu]nterminated|no expression|not an expression/);
    use(dashboard, 'ask', 'close');
    await dashboard.waitUntilGone('Search:');
  });

  test('a filter shows one kind, errors are gone through, a session stands alone', async ({
    makeWorld,
  }) => {
    const { dashboard } = await inLog(makeWorld);
    use(dashboard, 'log', 'next-error');
    await dashboard.waitFor(/▸.*Something went wrong in thirty/);
    use(dashboard, 'log', 'previous-error');
    await dashboard.waitFor(/▸.*make part-20-5/);
    use(dashboard, 'log', 'session-alone');
    await dashboard.waitFor('session 20');
    use(dashboard, 'panes', 'first');
    await dashboard.waitFor(/session 20 · executor/);
    use(dashboard, 'log', 'session-alone');
    use(dashboard, 'log', 'follow');
    await dashboard.waitFor('Session 40: completed');
    use(dashboard, 'log', 'log-filter');
    await dashboard.waitFor(/messages/);
    await dashboard.waitUntilGone('make part-40-11');
    use(dashboard, 'log', 'clear-log');
    await dashboard.waitFor('make part-40-11');
  });

  test('an entry opens, shows its JSON, is cut or wrapped, and scrolls sideways', async ({
    makeWorld,
  }) => {
    const { dashboard } = await inLog(makeWorld);
    use(dashboard, 'log', 'jump');
    await dashboard.waitFor('Go to:');
    dashboard.type('session 3');
    use(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor(/▸.*session 3 · executor/);
    use(dashboard, 'panes', 'down');
    await dashboard.waitFor(/▸.*make part-3-0/);
    use(dashboard, 'log', 'open-entry');
    await dashboard.waitUntilGone('make part-3-1');
    use(dashboard, 'log', 'open-entry');
    await dashboard.waitFor('make part-3-1');
    use(dashboard, 'log', 'raw');
    await dashboard.waitFor('"aggregated_output"');
    use(dashboard, 'log', 'wrap');
    use(dashboard, 'log', 'scroll-right');
    await dashboard.waitUntilGone('▸ make part-3-0');
    use(dashboard, 'log', 'scroll-left');
    use(dashboard, 'log', 'raw');
    await dashboard.waitUntilGone('"aggregated_output"');
  });

  test('what comes is counted while one is scrolled back, and F follows again', async ({
    makeWorld,
  }) => {
    const { log, dashboard } = await inLog(makeWorld);
    use(dashboard, 'panes', 'first');
    await dashboard.waitFor(/▸.*session 1 · executor/);
    await appendFile(log, text([message('one more', 'x1'), message('and another', 'x2')]));
    await dashboard.waitFor('2 new below');
    expect(dashboard.screen().join('\n')).toMatch(/▸.*session 1 · executor/);
    use(dashboard, 'log', 'follow');
    await dashboard.waitFor('and another');
    await dashboard.waitUntilGone('new below');
  });

  test('an entry goes to the clipboard, and what is shown to a file that is not there yet', async ({
    makeWorld,
  }) => {
    const { world, dashboard } = await inLog(makeWorld);
    use(dashboard, 'log', 'jump');
    await dashboard.waitFor('Go to:');
    dashboard.type('session 3');
    use(dashboard, 'ask', 'ask-done');
    await dashboard.waitFor(/▸.*session 3 · executor/);
    expect(dashboard.rawBytes()).not.toContain('\u001B]52;');
    use(dashboard, 'panes', 'down');
    use(dashboard, 'panes', 'down');
    use(dashboard, 'log', 'copy');
    await dashboard.waitFor('Copied');
    const copied = /\u001B\]52;c;([^\u0007]*)\u0007/u.exec(dashboard.rawBytes())?.[1] ?? '';
    expect(Buffer.from(copied, 'base64').toString()).toBe('Part 0 of session 3 is there');

    const path = join(world.project, 'out.jsonl');
    use(dashboard, 'log', 'session-alone');
    for (const expected of [/2[56] entries/, /There is a file/]) {
      use(dashboard, 'log', 'export');
      await dashboard.waitFor('Write to:');
      dashboard.type(path);
      use(dashboard, 'ask', 'ask-done');
      await dashboard.waitFor(expected);
    }
    const written = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect(written.map((line) => JSON.parse(line) as { kind: string })[1]).toMatchObject({
      kind: 'command',
      command: 'make part-3-0',
    });
  });
});
