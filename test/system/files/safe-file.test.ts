import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  makePrivateDirectory,
  openForAppending,
  openForReading,
  readSmallFile,
  replaceFile,
} from '../../../source/system/files/safe-file.ts';
import { UnsafeFileError } from '../../../source/system/files/plain-file.ts';

let directory: string;
let path: string;

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'safe-file-'));
  path = join(directory, 'file');
});

afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

const unsafeThings: [found: string, make: () => string | Promise<string>][] = [
  ['a symbolic link', () => linkTo('elsewhere')],
  ['a symbolic link', () => linkTo(null)],
  ['a directory', () => directory],
  ['a named pipe', makePipe],
  ['a socket', makeSocket],
  ['a device', () => '/dev/null'],
];

test.each(unsafeThings)('%s is not opened to read, and the error says so', async (found, make) => {
  const unsafePath = await make();
  const error: unknown = await openForReading(unsafePath).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(UnsafeFileError);
  expect(error).toMatchObject({
    path: unsafePath,
    message: `${unsafePath} is ${found} where a plain file belongs: move it away and try again.`,
  });
});

test.each(unsafeThings)('%s is not opened to append to', async (found, make) => {
  const unsafePath = await make();
  await expect(openForAppending(unsafePath)).rejects.toMatchObject({
    name: 'UnsafeFileError',
    found,
  });
});

test('a dangling link is not followed to create a file there', async () => {
  linkTo(null);
  await expect(openForAppending(path)).rejects.toThrow(UnsafeFileError);
  expect(fs.existsSync(join(directory, 'elsewhere'))).toBe(false);
});

test('a pipe with a reader is not written to', async () => {
  const reader = fs.openSync(makePipe(), fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  await expect(openForAppending(path)).rejects.toMatchObject({ found: 'a named pipe' });
  fs.closeSync(reader);
});

test('a file with a second name is read, but not appended to', async () => {
  fs.writeFileSync(path, 'shared');
  fs.linkSync(path, join(directory, 'second-name'));
  expect(await readSmallFile(path, { maxBytes: 100 })).toMatchObject({ text: 'shared' });
  await expect(openForAppending(path)).rejects.toMatchObject({
    found: 'a file with several names (hard links)',
  });
});

test('a file created for appending is private to this user', async () => {
  await append('one ');
  await append('two');
  expect(fs.readFileSync(path, 'utf8')).toBe('one two');
  expect(modeOf(path)).toBe('600');
});

test('a missing file gives the file system’s own error', async () => {
  await expect(openForReading(path)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(openForAppending(join(path, 'below'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a missing small file is null, and so is one below something that is not a directory', async () => {
  expect(await readSmallFile(path, { maxBytes: 10 })).toBeNull();
  fs.writeFileSync(path, '');
  expect(await readSmallFile(join(path, 'below'), { maxBytes: 10 })).toBeNull();
});

test('a small file is read whole, up to exactly the limit', async () => {
  fs.writeFileSync(path, '0123456789');
  const whole = await readSmallFile(path, { maxBytes: 10 });
  expect(whole).toMatchObject({ text: '0123456789', truncated: false });
  expect(whole?.stat.size).toBe(10);
  const cut = await readSmallFile(path, { maxBytes: 9 });
  expect(cut).toMatchObject({ text: '012345678', truncated: true });
});

test('a sparse file of two gigabytes is read only up to the limit', async () => {
  fs.writeFileSync(path, 'begin');
  fs.truncateSync(path, 2 * 1024 ** 3);
  const before = process.memoryUsage().arrayBuffers;
  const small = await readSmallFile(path, { maxBytes: 8 });
  expect(small).toMatchObject({ text: 'begin\0\0\0', truncated: true });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
});

test('invalid UTF-8 becomes U+FFFD, and a byte order mark is dropped', async () => {
  fs.writeFileSync(path, Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff, 0x62, 0xc3]));
  expect(await readSmallFile(path, { maxBytes: 100 })).toMatchObject({ text: 'a\ufffdb\ufffd' });
});

test('a small file that is a link is refused, not null', async () => {
  linkTo('elsewhere');
  await expect(readSmallFile(path, { maxBytes: 10 })).rejects.toThrow(UnsafeFileError);
});

test('a replaced file has the whole new content, its mode, and no temporary file beside it', async () => {
  fs.writeFileSync(path, 'old', { mode: 0o644 });
  const content = 'é'.repeat(3_000_000);
  await replaceFile(path, content);
  expect(fs.readFileSync(path, 'utf8') === content).toBe(true);
  expect(modeOf(path)).toBe('600');
  await replaceFile(path, 'public', 0o644);
  expect(modeOf(path)).toBe('644');
  expect(fs.readdirSync(directory)).toEqual(['file']);
});

test('a reader of a file that is being replaced sees the old content or the new', async () => {
  const contents = ['a'.repeat(300_000), 'b'.repeat(500_000)];
  await replaceFile(path, 'a'.repeat(300_000));
  let isWriting = true;
  const writing = (async () => {
    for (let round = 0; round < 20; round++) await replaceFile(path, contents[round % 2]!);
    isWriting = false;
  })();
  while (isWriting) {
    const seen = await readSmallFile(path, { maxBytes: 1_000_000 });
    expect(contents.includes(seen?.text ?? '')).toBe(true);
  }
  await writing;
});

test('a link is replaced itself, and its target stays as it was', async () => {
  linkTo('elsewhere');
  await replaceFile(path, 'new');
  expect(fs.lstatSync(path).isFile()).toBe(true);
  expect(fs.readFileSync(join(directory, 'elsewhere'), 'utf8')).toBe('elsewhere');
});

test('when replacing fails, the error is thrown and nothing is left behind', async () => {
  fs.mkdirSync(path);
  await expect(replaceFile(path, 'new')).rejects.toMatchObject({ code: 'EISDIR' });
  expect(fs.readdirSync(directory)).toEqual(['file']);
  const missing = join(directory, 'missing', 'file');
  await expect(replaceFile(missing, 'new')).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a write that is cut short by a limit is an error, and the old file stays whole', () => {
  fs.writeFileSync(path, 'old');
  // The limit lets the first part of the write succeed, as a nearly full disk does.
  const limited = `trap '' XFSZ; ulimit -f 16; ${replaceInChild()}`;
  expect(spawnSync('sh', ['-c', limited], { encoding: 'utf8' }).stdout).toBe('EFBIG');
  expect(fs.readFileSync(path, 'utf8')).toBe('old');
  expect(fs.readdirSync(directory)).toEqual(['file']);
});

test.skipIf(!canMount())('a full disk is ENOSPC, and the old file stays whole', () => {
  const onSmallDisk = `
    mount -t tmpfs -o size=64k small ${directory} && printf old > ${path} &&
    ${replaceInChild()}; cat ${path}; ls -A ${directory}`;
  const { stdout } = spawnSync('unshare', ['-rm', 'sh', '-c', onSmallDisk], { encoding: 'utf8' });
  expect(stdout).toBe('ENOSPColdfile\n');
});

test('private directories are created for this user alone, and existing ones stay as they are', async () => {
  fs.chmodSync(directory, 0o755);
  const deep = join(directory, 'one', 'two');
  await makePrivateDirectory(deep);
  await makePrivateDirectory(deep);
  expect([modeOf(directory), modeOf(join(directory, 'one')), modeOf(deep)]).toEqual([
    '755',
    '700',
    '700',
  ]);
});

function linkTo(content: string | null): string {
  if (content !== null) fs.writeFileSync(join(directory, 'elsewhere'), content);
  fs.symlinkSync(join(directory, 'elsewhere'), path);
  return path;
}

function makePipe(): string {
  execFileSync('mkfifo', [path]);
  return path;
}

async function makeSocket(): Promise<string> {
  const server = createServer().unref();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return path;
}

async function append(text: string): Promise<void> {
  const handle = await openForAppending(path);
  await handle.writeFile(text);
  await handle.close();
}

function modeOf(file: string): string {
  return (fs.statSync(file).mode & 0o777).toString(8);
}

/** A shell command that replaces the file with 200 kB and prints the error's code. */
function replaceInChild(): string {
  const module = new URL('../../../source/system/files/safe-file.ts', import.meta.url).href;
  const script = `
    const { replaceFile } = await import('${module}');
    await replaceFile('${path}', 'x'.repeat(200_000)).then(
      () => process.stdout.write('replaced'),
      (error) => process.stdout.write(error.code),
    );`;
  return `'${process.execPath}' --no-warnings --input-type=module -e "${script}"`;
}

function canMount(): boolean {
  return spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'probe', '/mnt']).status === 0;
}
