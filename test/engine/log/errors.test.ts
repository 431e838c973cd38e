// Jumps to the next and to the previous error.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { logOnView, type LogOnView } from '../../../bench/lib/log-on-view.ts';
import { message } from '../../helpers/log-lines.ts';

let directory = '';
let log: LogOnView;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'log-errors-'));
});

afterEach(() => {
  log.close();
  rmSync(directory, { recursive: true, force: true });
});

const failed = (text: string) => ({ type: 'error', message: text });

async function openLog(...lines: readonly object[]): Promise<number[]> {
  const path = join(directory, 'session.log');
  const texts = lines.map((line) => `${JSON.stringify(line)}\n`);
  writeFileSync(path, texts.join(''));
  log = logOnView(path);
  await log.until(({ reading, entries }) => reading === null && entries.length > 0);
  const offsets = [0];
  for (const text of texts) offsets.push((offsets.at(-1) ?? 0) + text.length);
  return offsets;
}

test('from the end of the log, the previous error may be the last line', async () => {
  const [, second, , fourth] = await openLog(
    message('a', '1'),
    failed('first'),
    message('b', '2'),
    failed('last'),
  );
  const { errorFrom } = log.snapshot();
  expect(errorFrom(Infinity, -1)).toBe(fourth);
  expect(errorFrom(fourth ?? 0, -1)).toBe(second);
  expect(errorFrom(second ?? 0, -1)).toBeNull();
});

test('further down comes the next error, and after the last one there is none', async () => {
  const [first, second, , fourth] = await openLog(
    message('a', '1'),
    failed('first'),
    message('b', '2'),
    failed('last'),
  );
  const { errorFrom } = log.snapshot();
  expect(errorFrom(first ?? 0, 1)).toBe(second);
  expect(errorFrom(second ?? 0, 1)).toBe(fourth);
  expect(errorFrom(fourth ?? 0, 1)).toBeNull();
});
