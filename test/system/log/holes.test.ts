// A log that claims more than it has: `truncate -s 1T session.log`, then somebody writes on.

import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { indexLog } from '../../../source/system/log/log-index.ts';
import { tailLog } from '../../../source/system/log/tail.ts';

const size = 2 ** 40;
let directory: string;
let path: string;

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'holes-'));
  path = join(directory, 'session.log');
  fs.writeFileSync(path, 'one\n');
  fs.truncateSync(path, size);
  fs.appendFileSync(path, '\ntwo\nthree\n');
});

afterEach(() => fs.rmSync(directory, { recursive: true }));

/** Reading all of it would take a million portions. */
const fewPortions = 20;
const lines = [
  { offset: 0, bytes: 3, text: 'one' },
  { offset: 4, bytes: size - 4, text: null },
  { offset: size + 1, bytes: 3, text: 'two' },
  { offset: size + 5, bytes: 5, text: 'three' },
];

test('a tail skips the hole, and reads what stands behind it', async () => {
  const tail = tailLog(path);
  const seen = [];
  for (let portion = 0; portion < fewPortions; portion++) {
    const batch = await tail.read();
    seen.push(...batch.lines);
    if (batch.atEnd) break;
  }
  expect(seen).toEqual(lines);
  fs.appendFileSync(path, 'four\n');
  expect((await tail.read()).lines).toMatchObject([{ text: 'four' }]);
  await tail.close();
});

test('an index skips it, too', async () => {
  const index = indexLog(path);
  for (let portion = 0; portion < fewPortions; portion++) if ((await index.read()).atEnd) break;
  const { count, offsetAt } = index.lines;
  expect(count).toBe(4);
  expect([0, 1, 2, 3].map((line) => offsetAt.call(index.lines, line))).toEqual(
    lines.map(({ offset }) => offset),
  );
  expect(index.progress()).toEqual({ done: size + 11, of: size + 11 });
  await index.close();
});
