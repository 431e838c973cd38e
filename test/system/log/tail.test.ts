import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../../helpers/until.ts';
import { setUpLog, textsOf } from './log-reading.ts';

const log = setUpLog();

test('lines are reported once, in order, with their offsets', async () => {
  fs.writeFileSync(log.path, 'one\n\nthree\n');
  const tail = log.open();
  expect(await tail.read()).toEqual({
    lines: [
      { offset: 0, bytes: 3, text: 'one' },
      { offset: 4, bytes: 0, text: '' },
      { offset: 5, bytes: 5, text: 'three' },
    ],
    reset: 'none',
    atEnd: true,
  });
  expect(await tail.read()).toEqual({ lines: [], reset: 'none', atEnd: true });
  fs.appendFileSync(log.path, 'four\n');
  expect(await tail.read()).toMatchObject({ lines: [{ offset: 11, text: 'four' }] });
});

test('an unfinished last line waits for its newline', async () => {
  fs.writeFileSync(log.path, 'whole\nha');
  const tail = log.open();
  expect(await textsOf(tail)).toEqual(['whole']);
  expect(tail.partialBytes()).toBe(2);
  fs.appendFileSync(log.path, 'lf\n');
  expect(await textsOf(tail)).toEqual(['half']);
  expect(tail.partialBytes()).toBe(0);
});

test('a character split between two reads stays whole', async () => {
  const tail = log.open();
  for (const byte of Buffer.from('é😀\n')) {
    fs.appendFileSync(log.path, Buffer.from([byte]));
    if (byte !== 0x0a) expect(await textsOf(tail)).toEqual([]);
  }
  expect(await textsOf(tail)).toEqual(['é😀']);
});

test('only byte 0x0A ends a line, and invalid UTF-8 becomes U+FFFD', async () => {
  fs.writeFileSync(log.path, Buffer.from('a\rb\u2028c\u0085d\r\nx\xff', 'utf8'));
  fs.appendFileSync(log.path, Buffer.from([0xff, 0x0a]));
  expect(await textsOf(log.open())).toEqual(['a\rb\u2028c\u0085d\r', 'x\xff\ufffd']);
});

test('a line that is too long is reported without text, and the next one is whole', async () => {
  const tail = log.open({ maxLineBytes: 10 });
  fs.writeFileSync(log.path, '0123456789\n0123456789x\n' + 'y'.repeat(50));
  expect((await tail.read()).lines).toEqual([
    { offset: 0, bytes: 10, text: '0123456789' },
    { offset: 11, bytes: 11, text: null },
  ]);
  fs.appendFileSync(log.path, 'z\nnext\n');
  expect((await tail.read()).lines).toEqual([
    { offset: 23, bytes: 51, text: null },
    { offset: 75, bytes: 4, text: 'next' },
  ]);
});

test('a line of 300 MB without a newline does not fill the memory', async () => {
  fs.writeFileSync(log.path, '');
  fs.truncateSync(log.path, 300_000_000);
  const tail = log.open({ maxLineBytes: 1_000_000 });
  const before = process.memoryUsage().rss;
  while (!(await tail.read()).atEnd);
  expect(tail.partialBytes()).toBe(300_000_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
});

test('a read takes no more than it may, and says that there is more', async () => {
  fs.writeFileSync(log.path, 'aaaa\nbbbb\ncccc\n');
  const tail = log.open();
  const first = await tail.read({ maxBytes: 7 });
  expect(first).toMatchObject({ lines: [{ text: 'aaaa' }], atEnd: false });
  const second = await tail.read({ maxBytes: 8 });
  expect(second).toMatchObject({ lines: [{ text: 'bbbb' }, { text: 'cccc' }], atEnd: true });
});

test('simultaneous reads report every line once', async () => {
  fs.writeFileSync(log.path, 'one\ntwo\nthree\nfour\n');
  const tail = log.open();
  const batches = await Promise.all([1, 2, 3, 4, 5].map(() => tail.read({ maxBytes: 5 })));
  const texts = batches.flatMap(({ lines }) => lines.map(({ text }) => text));
  expect(texts).toEqual(['one', 'two', 'three', 'four']);
});

test('a closed tail reports nothing more', async () => {
  fs.writeFileSync(log.path, 'one\n');
  const tail = log.open();
  await tail.close();
  expect(await tail.read()).toEqual({ lines: [], reset: 'none', atEnd: true });
});

test('a thousand tails hold few files open, and none loses a line when its handle is pushed out', async () => {
  const paths = Array.from({ length: 1000 }, (_, index) => join(log.directory, `${index}.log`));
  const many = paths.map((each) => {
    fs.writeFileSync(each, 'one\nha');
    return log.open({}, each);
  });
  for (const tail of many) expect(await textsOf(tail)).toEqual(['one']);
  // A reading does not wait until another's file is closed.
  await until('few files are open', () => openLogs() <= 64);
  for (const each of paths) fs.appendFileSync(each, 'lf\n');
  for (const tail of many) expect(await textsOf(tail)).toEqual(['half']);
  for (const tail of many) await tail.close();
  await until('no file is open', () => openLogs() === 0);
});

/** How many logs this process holds open; on systems that do not list them the answer is always 0. */
function openLogs(): number {
  if (!fs.existsSync('/proc/self/fd')) return 0;
  return fs.readdirSync('/proc/self/fd').filter((descriptor) => {
    try {
      return fs.readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(log.directory);
    } catch {
      return false; // It was closed in between.
    }
  }).length;
}
