// The whole text of an expanded entry, read from the log.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Entry } from '../../../source/core/log/entry.ts';
import { noCopies } from '../../../bench/lib/log-on-view.ts';
import { createLineTimes } from '../../../source/core/log/times.ts';
import { everything } from '../../../source/core/log/filter.ts';
import { entriesOfLog } from '../../../source/engine/log/stream.ts';
import { createWholeEntries } from '../../../source/engine/log/whole-entries.ts';
import { indexLog, type LogIndex } from '../../../source/system/log/log-index.ts';
import { commandCompleted, commandStarted, error } from '../../helpers/log-lines.ts';

let directory = '';
let index: LogIndex;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'whole-entries-'));
});

afterEach(async () => {
  await index.close();
  rmSync(directory, { recursive: true, force: true });
});

async function entriesIn(lines: readonly (object | string)[]): Promise<Entry[]> {
  const path = join(directory, 'session.log');
  const texts = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(path, texts.map((text) => `${text}\n`).join(''));
  index = indexLog(path);
  const entries: Entry[] = [];
  const deps = { index, project: '/p', times: createLineTimes(), copies: noCopies };
  for await (const entry of entriesOfLog(deps, everything)) entries.push(entry);
  return entries;
}

async function rawTextOf(entry: Entry | undefined): Promise<string | null> {
  if (entry === undefined) return null;
  const whole = createWholeEntries({ index, project: '/p' });
  await whole.read({ opened: new Set(), raw: new Set([entry.key]) }, [entry]);
  const body = whole.replaced([entry])[0]?.body;
  return body?.kind === 'raw' ? body.text : null;
}

test('an entry has all of its lines, and nothing of what came between them', async () => {
  const [command, noise] = await entriesIn([
    commandStarted('item_1', 'make'),
    'one',
    'two',
    commandCompleted('item_1', { command: 'make' }),
    'three',
    'four',
  ]);
  expect(await rawTextOf(noise)).toBe('one\ntwo\nthree\nfour');
  const json = await rawTextOf(command);
  expect(json).toContain('"item.started"');
  expect(json).toContain('"item.completed"');
  expect(json).not.toContain('two');
});

test('an expanded file change lists all its files, even more than are held', async () => {
  const changes = Array.from({ length: 2000 }, (_, at) => ({ path: `src/${at}.ts`, kind: 'add' }));
  const item = { id: 'item_1', type: 'file_change', changes, status: 'completed' };
  const [entry] = await entriesIn([{ type: 'item.completed', item }]);
  if (entry === undefined) throw new Error('No entry');
  const whole = createWholeEntries({ index, project: '/p' });
  await whole.read({ opened: new Set([entry.key]), raw: new Set() }, [entry]);
  const body = whole.replaced([entry])[0]?.body;
  expect(body?.kind === 'file-changes' ? body.changes.length : 0).toBe(2000);
});

test('a retry has all of its attempts', async () => {
  const attempts = [1, 2, 3].map((attempt) => error(`Reconnecting... ${attempt}/5 (cut)`));
  const [retry] = await entriesIn([...attempts, error('cut')]);
  expect((await rawTextOf(retry))?.match(/Reconnecting/g)).toHaveLength(3);
});
