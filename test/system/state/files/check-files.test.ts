import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noHistory, withReceipt } from '../../../../source/core/check/history.ts';
import { checkFiles } from '../../../../source/system/state/files/check-files.ts';
import { receiptOf } from '../../../core/check/receipts.ts';

const here = { device: 1, inode: 2, bornAt: 3 };
const history = withReceipt(noHistory, receiptOf({ tail: 'x'.repeat(4000) }));
let path: string;

beforeEach(() => {
  path = fs.mkdtempSync(join(tmpdir(), 'check-files-'));
});

afterEach(() => fs.rmSync(path, { recursive: true }));

test('the receipts come back, for this directory and this user alone', async () => {
  const files = checkFiles(path);
  expect(await files.readChecks(here)).toEqual(noHistory);
  await files.writeChecks(history, here);
  expect(await files.readChecks(here)).toEqual(history);
  expect(await files.readChecks({ ...here, bornAt: 4 })).toEqual(noHistory);
  expect(fs.statSync(join(path, 'checks.json')).mode & 0o777).toBe(0o600);
});

test.each([
  ['is cut', (file: string) => fs.truncateSync(file, 100)],
  ['is a directory', (file: string) => (fs.rmSync(file), fs.mkdirSync(file))],
  [
    'is a link',
    (file: string) => (fs.renameSync(file, `${file}.x`), fs.symlinkSync(`${file}.x`, file)),
  ],
])('a file that %s has no receipts', async (_what, spoil) => {
  const files = checkFiles(path);
  await files.writeChecks(history, here);
  spoil(join(path, 'checks.json'));
  expect(await files.readChecks(here)).toEqual(noHistory);
});

test('each check has a file for its output', () => {
  expect([0, 1].map(checkFiles(path).checkOutputPath)).toEqual([
    join(path, 'check-1.txt'),
    join(path, 'check-2.txt'),
  ]);
});
