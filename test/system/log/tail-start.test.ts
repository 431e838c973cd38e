import * as fs from 'node:fs';
import { expect, test } from 'vitest';
import { everything, setUpLog, textsOf } from './log-reading.ts';

const log = setUpLog();

test('a file that does not exist yet is not a reset, and is read from its start when it appears', async () => {
  const tail = log.open({ from: { lastBytes: 2 } });
  expect(await tail.read()).toEqual({ lines: [], reset: 'none', atEnd: true });
  expect(tail.position()).toBeNull();
  fs.writeFileSync(log.path, 'from the start\n');
  expect(await textsOf(tail)).toEqual(['from the start']);
});

test.each([
  [0, []],
  [1, []],
  [4, []],
  [5, ['ccc']],
  [9, ['ccc']],
  [10, ['bbbb', 'ccc']],
  [11, ['bbbb', 'ccc']],
  [13, ['aa', 'bbbb', 'ccc']],
  [1000, ['aa', 'bbbb', 'ccc']],
])('a tail of %i bytes begins at the first line that begins in them', async (lastBytes, texts) => {
  fs.writeFileSync(log.path, 'aa\nbbbb\nccc\nd');
  const tail = log.open({ from: { lastBytes } });
  expect(await textsOf(tail)).toEqual(texts);
});

test('a line that began before the last bytes is not reported in part, and has no position until it ends', async () => {
  fs.writeFileSync(log.path, 'x'.repeat(100));
  const tail = log.open({ from: { lastBytes: 10 } });
  expect(await textsOf(tail)).toEqual([]);
  expect(tail.position()).toBeNull();
  fs.appendFileSync(log.path, 'tail\nnext\n');
  expect((await tail.read()).lines).toEqual([{ offset: 105, bytes: 4, text: 'next' }]);
});

test('a tail continues where another one stopped, at the start of the half line', async () => {
  fs.writeFileSync(log.path, 'one\ntwo\nhal');
  const first = log.open();
  await textsOf(first);
  fs.appendFileSync(log.path, 'f\n');
  expect(await everything(log.open({ from: first.position()! }))).toEqual(['half']);
  expect(await everything(log.open({ from: { offset: 4 } }))).toEqual(['two', 'half']);
});

test.each<[string, () => void, string[]]>([
  ['rewritten', () => fs.writeFileSync(log.path, 'one\nTWO\n'), ['reset truncated', 'one', 'TWO']],
  ['shorter', () => fs.writeFileSync(log.path, 'one\n'), ['reset truncated', 'one']],
  ['another', replaceByRename, ['reset replaced', 'one', 'two', 'three']],
  ['gone', () => fs.rmSync(log.path), ['reset gone']],
])(
  'a tail that continues in a file that was %s meanwhile starts over',
  async (_name, change, told) => {
    fs.writeFileSync(log.path, 'one\ntwo\n');
    const first = log.open();
    await textsOf(first);
    await first.close();
    change();
    expect(await everything(log.open({ from: first.position()! }))).toEqual(told);
  },
);

function replaceByRename(): void {
  fs.writeFileSync(`${log.path}.new`, 'one\ntwo\nthree\n');
  fs.renameSync(`${log.path}.new`, log.path);
}
