// Things that are not a log, and lines longer than a string can be: the user is told, and memory stays bounded.

import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logOnView } from '../../../bench/lib/log-on-view.ts';
import { message } from '../../helpers/log-lines.ts';

let directory = '';
let path = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'log-feed-hostile-'));
  path = join(directory, 'session.log');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

test.each([
  ['directory', () => mkdirSync(path)],
  ['named pipe', () => execFileSync('mkfifo', [path])],
] as const)('a %s in place of the log is reported where the log is shown', async (what, make) => {
  make();
  const log = logOnView(path);
  await log.until(({ problem }) => problem !== null);
  expect(log.snapshot().problem).toContain(`is a ${what} where a plain file belongs`);
  log.close();
});

test('a line longer than a string can be costs no memory, and what follows it is shown', async () => {
  writeFileSync(path, `${JSON.stringify(message('before'))}\n`);
  truncateSync(path, 600 * 1024 * 1024);
  appendFileSync(path, `\n${JSON.stringify(message('after', 'x'))}\n`);
  const before = process.memoryUsage().rss;
  const log = logOnView(path);
  await log.until(({ reading }) => reading === null);
  expect(log.snapshot().entries.at(-1)?.body).toMatchObject({ kind: 'message', text: 'after' });
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  log.close();
});

test('a log that vanishes while it is shown is reported, and one that comes back is shown', async () => {
  writeFileSync(path, `${JSON.stringify(message('before'))}\n`);
  const log = logOnView(path);
  await log.until(({ entries }) => entries.length === 1);
  rmSync(path);
  await log.until(({ problem }) => problem !== null);
  expect(log.snapshot()).toMatchObject({
    entries: [],
    problem: 'The log is gone: session.log was removed. New entries will appear here',
  });
  writeFileSync(path, '');
  await log.until(({ problem }) => problem === null);
  appendFileSync(path, `${JSON.stringify(message('again'))}\n`);
  await log.until(({ entries }) => entries.length === 1);
  expect(log.snapshot().entries[0]?.body).toMatchObject({ kind: 'message', text: 'again' });
  log.close();
});
