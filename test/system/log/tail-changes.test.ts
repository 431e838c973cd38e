import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { UnsafeFileError } from '../../../source/system/files/plain-file.ts';
import { everything, setUpLog, textsOf } from './log-reading.ts';

const log = setUpLog();

afterEach(() => {
  vi.restoreAllMocks();
});

test('a truncated file is reported from its start, and its half line is dropped', async () => {
  const tail = log.open();
  fs.writeFileSync(log.path, 'old\nhalf');
  await textsOf(tail);
  fs.writeFileSync(log.path, 'new\n');
  expect(await everything(tail)).toEqual(['reset truncated', 'new']);
});

test('a rewritten file is noticed, however long it has become', async () => {
  const tail = log.open();
  fs.writeFileSync(log.path, 'a line of the first session\n');
  await textsOf(tail);
  fs.writeFileSync(log.path, 'a line of the second session\nand much more\n');
  expect(await everything(tail)).toEqual([
    'reset truncated',
    'a line of the second session',
    'and much more',
  ]);
});

test('a file rewritten to the same length is noticed', async () => {
  const tail = log.open();
  fs.writeFileSync(log.path, 'session 1\n');
  await textsOf(tail);
  fs.writeFileSync(log.path, 'session 2\n');
  expect(await everything(tail)).toEqual(['reset truncated', 'session 2']);
});

test('an idle file that is rewritten after a long rest is noticed', async () => {
  fs.writeFileSync(log.path, 'session 1\n');
  const tail = log.open();
  const later = Date.now() + 3_600_000;
  vi.spyOn(Date, 'now').mockReturnValue(later);
  awaitTickOfFileSystem();
  expect(await textsOf(tail)).toEqual(['session 1']);
  expect(await textsOf(tail)).toEqual([]);
  fs.writeFileSync(log.path, 'session 2\n');
  expect(await everything(tail)).toEqual(['reset truncated', 'session 2']);
});

test('the last lines of a replaced file come before the reset, its half line as a line', async () => {
  const tail = log.open();
  fs.writeFileSync(log.path, 'one\n');
  await textsOf(tail);
  fs.appendFileSync(log.path, 'two\nhalf of three');
  fs.renameSync(log.path, log.path + '.1');
  fs.writeFileSync(log.path, 'new\n');
  expect(await everything(tail)).toEqual(['two', 'half of three', 'reset replaced', 'new']);
});

test('a file renamed over ours is a replacement', async () => {
  const tail = log.open();
  fs.writeFileSync(log.path, 'old\n');
  await textsOf(tail);
  fs.writeFileSync(log.path + '.new', 'new\n');
  fs.renameSync(log.path + '.new', log.path);
  expect(await everything(tail)).toEqual(['reset replaced', 'new']);
});

test('a removed file is reported once, after its last lines; one that comes back is read from its start', async () => {
  const tail = log.open();
  fs.writeFileSync(log.path, 'one\n');
  await textsOf(tail);
  fs.appendFileSync(log.path, 'two\nhalf');
  fs.rmSync(log.path);
  expect(await everything(tail)).toEqual(['two', 'half', 'reset gone']);
  expect(await tail.read()).toEqual({ lines: [], reset: 'none', atEnd: true });
  expect(tail.position()).toBeNull();
  fs.writeFileSync(log.path, 'again\n');
  expect(await everything(tail)).toEqual(['again']);
});

test('a removed directory is a removed file', async () => {
  fs.mkdirSync(join(log.directory, 'task'));
  log.path = join(log.directory, 'task', 'session.log');
  fs.writeFileSync(log.path, 'one\n');
  const tail = log.open();
  await textsOf(tail);
  fs.rmSync(join(log.directory, 'task'), { recursive: true });
  fs.writeFileSync(join(log.directory, 'task'), 'a file now');
  expect(await everything(tail)).toEqual(['reset gone']);
});

test('a link in place of the log is an error until it is removed', async () => {
  fs.writeFileSync(log.path, 'one\n');
  const tail = log.open();
  await textsOf(tail);
  fs.renameSync(log.path, log.path + '.1');
  fs.symlinkSync(log.path + '.1', log.path);
  await expect(tail.read()).rejects.toThrow(UnsafeFileError);
  await expect(tail.read()).rejects.toThrow(UnsafeFileError);
  fs.rmSync(log.path);
  fs.writeFileSync(log.path, 'mended\n');
  expect(await everything(tail)).toEqual(['reset replaced', 'mended']);
});

test('a pipe in place of the log does not block', async () => {
  execFileSync('mkfifo', [log.path]);
  await expect(log.open().read()).rejects.toMatchObject({ found: 'a named pipe' });
});

test('the half line of a lost file that is no longer open is dropped, since it may have grown', async () => {
  fs.writeFileSync(log.path, 'one\nha');
  const tail = log.open();
  await textsOf(tail);
  for (let index = 0; index < 64; index++) {
    const other = join(log.directory, `${index}.log`);
    fs.writeFileSync(other, 'x\n');
    await textsOf(log.open({}, other));
  }
  replaceByRename();
  expect(await everything(tail)).toEqual(['reset replaced', 'one', 'two', 'three']);
});

function replaceByRename(): void {
  fs.writeFileSync(`${log.path}.new`, 'one\ntwo\nthree\n');
  fs.renameSync(`${log.path}.new`, log.path);
}

/** If the file system's clock is coarse, two changes may have the same time. */
function awaitTickOfFileSystem(): void {
  const probe = join(log.directory, 'probe');
  do fs.writeFileSync(probe, 'x');
  while (fs.statSync(probe).ctimeMs === fs.statSync(log.path).ctimeMs);
}
