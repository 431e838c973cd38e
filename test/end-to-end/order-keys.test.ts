// The list of tasks is kept in order by keys: done tasks are archived and brought back, and one is deleted.

import { existsSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { pressFor } from '../helpers/command-keys.ts';
import { test } from '../helpers/end-to-end-world.ts';

test('a task is archived, brought back, and deleted when y confirms it', async ({ makeWorld }) => {
  const world = await makeWorld();
  const docs = await world.prepare('docs', { done: 1 });
  await world.prepare('shop', { done: 2 });
  writeFileSync(join(world.project, 'work.txt'), 'work\n');
  const dashboard = await world.dashboard();
  pressFor(dashboard, 'panes', 'last');
  await dashboard.waitFor(/▸ ✓ shop/);
  pressFor(dashboard, 'tasks', 'archive');
  await dashboard.waitFor('Archived shop; u brings it back');
  await dashboard.waitFor(/▸ ○ docs/);
  expect((await world.run(['--list'])).stdout).toContain('1 archived: shop');
  pressFor(dashboard, 'tasks', 'unarchive');
  await dashboard.waitFor('Brought shop back');
  // The next key means the task that came back.
  await dashboard.waitFor(/▸ ✓ shop/);
  pressFor(dashboard, 'panes', 'first');
  await dashboard.waitFor(/▸ ○ docs/);

  pressFor(dashboard, 'tasks', 'delete');
  await dashboard.waitFor("Stays: the project's files");
  dashboard.press('enter');
  pressFor(dashboard, 'confirm', 'close');
  await dashboard.waitUntilGone('Delete docs?');
  expect(existsSync(docs.path)).toBe(true);
  pressFor(dashboard, 'tasks', 'delete');
  await dashboard.waitFor('Delete docs?');
  pressFor(dashboard, 'confirm', 'delete-yes');
  await dashboard.waitFor('Deleted docs');
  await dashboard.waitFor(/▸ ✓ shop/);
  expect(await readdir(join(world.project, '.autonomous'))).toEqual(['shop']);
  expect(existsSync(docs.state.path)).toBe(false);
  expect(existsSync(join(world.project, 'work.txt'))).toBe(true);
});
