// What a terminal and a file system may do to a dashboard: nothing crashes, nothing is drawn where it does not belong.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { pressFor } from '../helpers/command-keys.ts';
import { test } from '../helpers/world.ts';

describe.concurrent('a dashboard stands', () => {
  test('a terminal of one cell, and comes back', async ({ makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop', { done: 1 });
    const dashboard = await world.dashboard();
    await dashboard.waitFor('▸ ○ shop');
    dashboard.resize(1, 1);
    await dashboard.waitFor((screen) => screen.length === 1);
    dashboard.press('j', 'k');
    dashboard.resize(120, 36);
    await dashboard.waitFor(/▸ ○ shop[^]*\? help/);
  });

  test('a paste of a megabyte, which is no key, and in a form a text', async ({ makeWorld }) => {
    const world = await makeWorld();
    await world.prepare('shop', { done: 1 });
    const dashboard = await world.dashboard();
    await dashboard.waitFor('▸ ○ shop');
    const paste = `\u001B[200~${'qQcr\u0003 '.repeat(170_000)}\u001B[201~`;
    dashboard.type(paste);
    pressFor(dashboard, 'panes', 'help');
    await dashboard.waitFor('Keys: tasks');
    pressFor(dashboard, 'help', 'close');
    await dashboard.waitUntilGone('Keys: tasks');
    pressFor(dashboard, 'panes', 'new-task');
    await dashboard.waitFor('What should be done?');
    dashboard.type(paste);
    dashboard.type('the end');
    await dashboard.waitFor('the end');
    pressFor(dashboard, 'new task', 'close');
    await dashboard.waitFor(/▸ ○ shop[^]*\? help/);
    expect(world.requests).toEqual([]);
  });

  test('keys faster than they are drawn', async ({ makeWorld }) => {
    const world = await makeWorld();
    for (const name of ['docs', 'shop', 'tidy']) await world.prepare(name, { done: 1 });
    const dashboard = await world.dashboard();
    await dashboard.waitFor('▸ ○ docs');
    dashboard.type('jk'.repeat(5000) + 'G');
    await dashboard.waitFor('▸ ○ tidy');
    dashboard.type('\u001B[99;99X\u001BO9\u001B[?1;2c\u001B[I\u001B[O\u001B]11;rgb:0/0/0\u0007g');
    await dashboard.waitFor('▸ ○ docs');
  });

  test('what a terminal answers to somebody else, which is no key', async ({ makeWorld }) => {
    const world = await makeWorld();
    for (const name of ['docs', 'shop']) await world.prepare(name, { done: 1 });
    const dashboard = await world.dashboard();
    await dashboard.waitFor(/▸ ○ docs[^]*○ 2 {2}Do part 2/);
    // As keys they would begin a session, open the palette and write into it.
    for (const answer of answers) dashboard.type(answer);
    pressFor(dashboard, 'panes', 'last');
    await dashboard.waitFor(/▸ ○ shop/);
    expect(dashboard.screen().join('\n')).not.toMatch(/All commands|rgb|0000/);
    expect(await world.listed('docs')).toMatchObject({ state: 'idle' });
    expect(world.requests).toEqual([]);
  });

  test('a task that vanishes while it is selected', async ({ makeWorld }) => {
    const world = await makeWorld();
    for (const name of ['docs', 'shop']) await world.prepare(name, { done: 1 });
    const dashboard = await world.dashboard();
    await dashboard.waitFor('▸ ○ docs');
    pressFor(dashboard, 'panes', 'show-steps');
    await rm(world.task('docs').path, { recursive: true });
    await dashboard.waitFor(/▸ ○ shop/);
    await dashboard.waitUntilGone('docs');
    await rm(world.task('shop').path, { recursive: true });
    await dashboard.waitUntilGone('shop');
  });

  test('five thousand tasks, and names of 64 wide characters', async ({ makeWorld }) => {
    const world = await makeWorld();
    const wide = '長'.repeat(64);
    const root = join(world.project, '.autonomous');
    await world.prepare('aaa', { done: 1 });
    for (let number = 0; number < 5000; number++) {
      const name = number === 0 ? wide : `task-${String(number).padStart(5, '0')}`;
      await mkdir(join(root, name), { mode: 0o700 });
      await writeFile(join(root, name, 'task_list.md'), '- [x] one\n- [ ] two\n');
    }
    const dashboard = await world.dashboard();
    await dashboard.waitFor(/▸ ○ aaa/);
    pressFor(dashboard, 'panes', 'last');
    await dashboard.waitFor(/▸ . (?:task-04999|長)/);
    pressFor(dashboard, 'tasks', 'filter-by-name');
    await dashboard.waitFor('Find:');
    dashboard.type('長');
    const found = await dashboard.waitFor(/▸ . 長+…長+/);
    // The pane's border stands where it stands in every other row.
    const borders = found
      .filter((line) => line.includes('│'))
      .map((line) => cellsBefore(line, '│'));
    expect(new Set(borders).size).toBe(1);
  });
});

const answers = [
  '\u001B]11;rgb:0000/0000/0000\u001B\\',
  '\u001B]10;rgb:ffff/ffff/ffff\u0007',
  '\u001BP1$r0m\u001B\\',
  '\u001BP>|xterm(370)\u001B\\',
];

/** Cells of East Asia are two. */
function cellsBefore(line: string, mark: string): number {
  const before = line.slice(0, line.indexOf(mark));
  return [...before].reduce((cells, character) => cells + (character === '長' ? 2 : 1), 0);
}
