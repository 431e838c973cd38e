// A log of more than 4 GiB: no place in it fits in 32 bits any more. Most of it is a hole in the file, which the disk
// does not store: one line of nothing, as a crash of the file system leaves it.

import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logOnView, type LogOnView } from '../../../bench/lib/log-on-view.ts';
import { messageLine } from '../../../bench/lib/project.ts';
import type { Entry } from '../../../source/core/log/entry.ts';
import { theEnd } from '../../../source/core/log/snapshot.ts';

const beyond = 4.2 * 2 ** 30;

let directory: string;
let path: string;
let log: LogOnView;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'large-log-'));
  path = join(directory, 'session.log');
  writeFileSync(path, lines(['the very first']));
  truncateSync(path, Math.floor(beyond));
  appendFileSync(path, `\n${lines(['far behind', 'an offset', 'the very last'])}`);
  log = logOnView(path);
});

afterEach(() => {
  log.close();
  rmSync(directory, { recursive: true });
});

test('a huge log is shown at its end, searched and followed', { timeout: 120_000 }, async () => {
  await log.until(({ entries }) => texts(entries).at(-1) === 'the very last');
  await log.until(({ reading }) => reading === null);

  const search = { form: 'plain', text: 'an offset' } as const;
  log.look({ ...theEnd, search });
  await log.until(
    (snapshot) => snapshot.search?.query === search && snapshot.search.searching === null,
  );
  expect(log.snapshot().search).toMatchObject({ count: 1, problem: null });

  appendFileSync(path, lines(['and one more']));
  await log.until(({ entries }) => texts(entries).at(-1) === 'and one more');
  expect(log.snapshot().entries.at(-1)?.offset).toBeGreaterThan(2 ** 32);
});

test('a huge log can be scrolled back to its start', { timeout: 120_000 }, async () => {
  await log.until(({ reading }) => reading === null);
  log.look({ ...theEnd, at: 0 });
  await log.until(({ extent }) => extent.from === 0);
  expect(texts(log.snapshot().entries)).toContain('the very first');
});

function lines(messages: readonly string[]): string {
  return messages.map((text) => `${messageLine(text)}\n`).join('');
}

function texts(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ body }) => (body.kind === 'message' ? [body.text] : []));
}
