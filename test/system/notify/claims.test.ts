// Of several dashboards that see the same event, one tells it.

import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimEvent } from '../../../source/system/notify/claims.ts';
import { makeWorkspace, type Workspace } from '../../helpers/workspace.ts';

const dayMs = 24 * 60 * 60_000;

let workspace: Workspace;
let home: string;
let told: string;
beforeEach(async () => {
  workspace = await makeWorkspace();
  home = join(workspace.state, 'autonomous-tui');
  told = join(home, 'machine', 'told');
});
afterEach(() => workspace.remove());

const claim = (event: string, at = Date.now(), project = '/home/me/shop'): Promise<boolean> =>
  claimEvent({ project, home, now: () => at }, event);

test('of many at once, one gets the event; another project has its own', async () => {
  const claims = await Promise.all(Array.from({ length: 20 }, () => claim('shop is done')));
  expect(claims.filter((isOurs) => isOurs)).toHaveLength(1);
  expect(await claim('docs is done')).toBe(true);
  expect(await claim('shop is done', Date.now(), '/home/me/blog')).toBe(true);
});

test('it is kept for a month, with nothing of the event in it', async () => {
  await claim('shop is done');
  const [file = ''] = fs.readdirSync(told);
  expect(file).toMatch(/^[0-9a-f]{16}$/);
  expect(fs.statSync(join(told, file)).size).toBe(0);
  await claim('docs is done', Date.now() + 29 * dayMs);
  expect(await claim('shop is done')).toBe(false);
  await claim('blog is done', Date.now() + 31 * dayMs);
  expect(fs.readdirSync(told)).not.toContain(file);
});

test('where it cannot be written, the event is told rather than lost', async () => {
  fs.mkdirSync(join(home, 'machine'), { recursive: true, mode: 0o700 });
  fs.writeFileSync(told, '');
  expect(await claim('shop is done')).toBe(true);
});
