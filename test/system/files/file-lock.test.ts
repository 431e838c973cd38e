import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeFileLock } from '../../../source/system/files/file-lock.ts';
import { LockError } from '../../../source/system/files/lock.ts';

let directory: string;
let path: string;

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'file-lock-'));
  path = join(directory, '.lock');
});

afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

test('one process holds it, another gets null, and the next one gets it after the release', async () => {
  const first = await takeFileLock(path, 0);
  expect(fs.statSync(path).mode & 0o777).toBe(0o600);
  expect(await takeFileLock(path, 0)).toBeNull();
  const waiting = takeFileLock(path, 5000);
  first?.release();
  const second = await waiting;
  expect(second).not.toBeNull();
  second?.release();
});

test('it ends with its holder, however the holder ends', async () => {
  const holder = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { takeFileLock } = await import(process.argv[1]);
       await takeFileLock(process.argv[2], 0);
       console.log('held');
       setInterval(() => {}, 1000);`,
      new URL('../../../source/system/files/file-lock.ts', import.meta.url).href,
      path,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  expect(await takeFileLock(path, 0)).toBeNull();
  const gone = new Promise((resolve) => holder.once('exit', resolve));
  holder.kill('SIGKILL');
  await gone;
  const lock = await takeFileLock(path, 5000);
  expect(lock).not.toBeNull();
  lock?.release();
});

test.each([
  ['a symbolic link', () => fs.symlinkSync(join(directory, 'elsewhere'), path)],
  ['a file with a second name', linkedTwice],
  ['a directory', () => fs.mkdirSync(path)],
])('%s is refused, and nothing is created elsewhere', async (_, make) => {
  make();
  const before = fs.readdirSync(directory);
  await expect(takeFileLock(path, 0)).rejects.toThrow(LockError);
  expect(fs.readdirSync(directory)).toEqual(before);
});

test('its content and the files beside it are never read, replayed or deleted', async () => {
  const victim = join(directory, 'victim-mj123456789');
  fs.writeFileSync(victim, 'precious\n');
  fs.writeFileSync(path, Buffer.alloc(4096, 1));
  fs.writeFileSync(`${path}-journal`, hotJournal(victim));
  const lock = await takeFileLock(path, 0);
  expect(lock).not.toBeNull();
  lock?.release();
  expect(fs.readFileSync(victim, 'utf8')).toBe('precious\n');
  expect(fs.readFileSync(path)).toEqual(Buffer.alloc(4096, 1));
  expect(fs.readFileSync(`${path}-journal`)).toEqual(hotJournal(victim));
});

test('no descriptor is left open', async () => {
  const before = fs.readdirSync('/dev/fd').length;
  for (let time = 0; time < 5; time++) {
    const lock = await takeFileLock(path, 0);
    await takeFileLock(path, 0);
    lock?.release();
  }
  expect(fs.readdirSync('/dev/fd')).toHaveLength(before);
});

function linkedTwice(): void {
  fs.writeFileSync(join(directory, 'other'), '');
  fs.linkSync(join(directory, 'other'), path);
}

/** A journal that SQLite before 3.51 replays, and then deletes the file named at its end. */
function hotJournal(victim: string): Buffer {
  const magic = Buffer.from('d9d505f920a163d7', 'hex');
  const header = Buffer.alloc(512);
  magic.copy(header);
  [1, 1, 1, 512, 4096].forEach((number, index) => header.writeUInt32BE(number, 8 + 4 * index));
  const page = Buffer.alloc(4 + 4096 + 4);
  page.writeUInt32BE(1, 0);
  page.writeUInt32BE(1, 4100);
  const name = Buffer.from(victim);
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(name.length, 0);
  numbers.writeUInt32BE(
    name.reduce((sum, byte) => sum + byte, 0),
    4,
  );
  const lockPage = Buffer.alloc(4);
  lockPage.writeUInt32BE(0x40000000 / 4096 + 1, 0);
  return Buffer.concat([header, page, lockPage, name, numbers, magic]);
}
