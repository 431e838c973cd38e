// What a mirror makes of the pieces of a task's logs, in whatever order and however often they come.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLogPiece, writtenLogPiece } from '../../../../source/core/hub/log/log-piece.ts';
import { logSubject, readLogSubject } from '../../../../source/core/hub/log/log-subject.ts';
import { mirrorLog } from '../../../../source/engine/hub/logs/mirror-log.ts';
import type { MirrorFile } from '../../../../source/system/hub/logs/mirror-file.ts';

const key = 'task.machine-a./home/ann/shop.docs';
const idOf = (number: number): string => `${number}-0123456789abcdef`;

/** The file of a mirror, in memory. */
class MemoryFile implements Pick<MirrorFile, 'append' | 'replace'> {
  bytes: Buffer = Buffer.alloc(0);
  replaced = 0;

  append = (bytes: Uint8Array): Promise<number> => {
    const at = this.bytes.length;
    this.bytes = Buffer.concat([this.bytes, bytes]);
    return Promise.resolve(at);
  };

  replace: MirrorFile['replace'] = (all) => {
    this.replaced++;
    const parts = [...all].map((bytes) =>
      bytes instanceof Uint8Array ? bytes : this.bytes.subarray(bytes.at, bytes.at + bytes.length),
    );
    this.bytes = Buffer.concat(parts);
    return Promise.resolve();
  };
}

type Sent = { machine: string; number: number; epoch: number; offset: number; text: string };

async function mirrored(pieces: readonly Sent[], bounds?: Parameters<typeof mirrorLog>[1]) {
  const file = new MemoryFile();
  const mirror = mirrorLog(file, bounds);
  for (const { machine, number, epoch, offset, text } of pieces) {
    await mirror.add(
      { machine, log: idOf(number), key },
      { epoch, offset, bytes: Buffer.from(text) },
    );
  }
  await mirror.settle();
  return { text: file.bytes.toString(), file, mirror };
}

const hole = (bytes: number, machine = 'a'): string =>
  `{"type":"autonomous.log.hole","bytes":${bytes},"machine":"${machine}"}\n`;
const of = (machine: string, epoch: number, offset: number, text: string): Sent => ({
  ...{ machine, number: 1, epoch, offset, text },
});

describe('the mirror of a log', () => {
  test.each<[string, Sent[], string]>([
    ['is what one machine wrote', [of('a', 1, 0, 'x\ny'), of('a', 1, 3, 'z\n')], 'x\nyz\n'],
    ['has a byte once, however often it comes', [of('a', 1, 0, 'xy'), of('a', 1, 1, 'yz')], 'xyz'],
    ['says how much is missing', [of('a', 1, 0, 'x\n'), of('a', 1, 9, 'y\n')], `x\n${hole(7)}y\n`],
    ['says so at the beginning, too', [of('a', 1, 5, 'y\n')], `${hole(5)}y\n`],
    [
      'says so on a line of its own',
      [of('a', 1, 0, 'x'), of('a', 1, 9, 'y\n')],
      `x\n${hole(8)}y\n`,
    ],
    [
      'shows what is not missing any more',
      [of('a', 1, 0, 'x'), of('a', 1, 2, 'z\n'), of('a', 1, 1, 'y')],
      'xyz\n',
    ],
    [
      'has machines one after the other, in the order of their leases',
      [of('b', 2, 0, 'b\n'), of('a', 1, 0, 'a\n')],
      'a\nb\n',
    ],
    [
      'puts what comes late where it belongs',
      [of('a', 1, 0, 'a1\n'), of('b', 2, 0, 'b1\n'), of('a', 1, 3, 'a2\n'), of('b', 2, 3, 'b2\n')],
      'a1\na2\nb1\nb2\n',
    ],
    [
      'has a machine that got the task again twice, and misses nothing',
      [of('a', 1, 0, 'a1\n'), of('b', 2, 0, 'b1\n'), of('a', 3, 3, 'a3\n')],
      'a1\nb1\na3\n',
    ],
    [
      'ends a line that a machine had not, before the next machine’s',
      [of('a', 1, 0, 'half'), of('b', 2, 0, 'whole\n')],
      'half\nwhole\n',
    ],
    [
      'goes on in the middle of a line under the next lease',
      [of('a', 1, 0, 'half'), of('a', 2, 4, ' whole\n')],
      'half whole\n',
    ],
    [
      'has a file that took another’s place behind it',
      [of('a', 1, 0, 'old\n'), { ...of('a', 1, 0, 'new\n'), number: 2 }],
      'old\nnew\n',
    ],
  ])('%s', async (_what, pieces, text) => {
    expect((await mirrored(pieces)).text).toBe(text);
  });

  test('is the same for every order in which the pieces come, and however often', async () => {
    const contents = fc.array(fc.constantFrom('a\n', 'b', '{}\n', 'long '), { maxLength: 12 });
    const logs = fc.array(
      fc.record({ machine: fc.constantFrom('a', 'b'), number: fc.nat(2), contents }),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(logs, fc.infiniteStream(fc.nat()), async (all, random) => {
        const pieces = new Map<string, Sent>();
        for (const { machine, number, contents: texts } of all) {
          let offset = 0;
          for (const [index, text] of texts.entries()) {
            const epoch = 1 + Math.floor(index / 4) * 2 + Number(machine === 'b');
            const sent = { machine, number: number + 1, epoch, offset, text };
            const name = `${machine} ${number} ${offset}`;
            if (pieces.has(name)) break;
            pieces.set(name, sent);
            offset += text.length;
          }
        }
        const inOrder = [...pieces.values()];
        const shuffled = [...inOrder, ...inOrder.slice(0, 3)]
          .map((sent) => ({ sent, at: Number(random.next().value) }))
          .sort((one, other) => one.at - other.at)
          .map(({ sent }) => sent);
        expect((await mirrored(shuffled)).text).toBe((await mirrored(inOrder)).text);
      }),
    );
  });

  test('is not rewritten while nothing comes late', async () => {
    const pieces = Array.from({ length: 50 }, (_, index) => of('a', 1, index * 2, 'x\n'));
    expect((await mirrored(pieces)).file.replaced).toBe(0);
  });

  test('never grows beyond its bound: the oldest goes, and is said to be missing', async () => {
    const bounds = { maxBytes: 100, maxExtents: 50, maxLateBytes: 50 };
    const pieces = Array.from({ length: 60 }, (_, index) => of('a', 1, index * 10, 'nine char\n'));
    const { text } = await mirrored(pieces, bounds);
    expect(text.length).toBeLessThan(250);
    expect(text).toMatch(
      /^\{"type":"autonomous.log.hole","bytes":\d+,"machine":"a"\}\n(?:nine char\n)+$/,
    );
  });

  test('has a bound for holes, too', async () => {
    const bounds = { maxBytes: 1e6, maxExtents: 50, maxLateBytes: 50 };
    const pieces = Array.from({ length: 1000 }, (_, index) => of('a', 1, index * 10, 'x\n'));
    const { text, mirror } = await mirrored(pieces, bounds);
    expect(text.split('\n').length).toBeLessThanOrEqual(101);
    expect(mirror.isFull()).toBe(true);
  });
});

describe('a piece of a log', () => {
  test('comes back as it was written', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.nat(),
        fc.nat(),
        (bytes, epoch, offset) => {
          expect(readLogPiece(writtenLogPiece({ epoch, offset, bytes }))).toEqual({
            epoch,
            offset,
            bytes,
          });
        },
      ),
    );
  });

  test.each<[string, string]>([
    ['is far behind every log', '{"version":1,"epoch":1,"offset":1152921504606846976}\nx'],
    ['begins before its log', '{"version":1,"epoch":1,"offset":-1}\nx'],
    ['begins within a byte', '{"version":1,"epoch":1,"offset":0.5}\nx'],
    ['has no number of a lease', '{"version":1,"epoch":"1","offset":0}\nx'],
    ['has an endless number of a lease', '{"version":1,"epoch":1e300,"offset":0}\nx'],
    ['has no bytes', '{"version":1,"epoch":1,"offset":0}\n'],
    ['has too many bytes', `{"version":1,"epoch":1,"offset":0}\n${'x'.repeat(128 * 1024 + 1)}`],
    ['is of another version', '{"version":2,"epoch":1,"offset":0}\nx'],
    ['has no head', 'x'.repeat(1000)],
  ])('that %s is not read', (_what, text) => {
    expect(readLogPiece(Buffer.from(text))).toBeNull();
  });

  test('of random bytes throws nothing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readLogPiece(bytes)));
  });

  test('has a subject that names its machine, its file and its task, and nothing else is one', () => {
    const name = { machine: 'machine-b', log: idOf(3), key };
    expect(readLogSubject(logSubject(name))).toEqual(name);
    for (const wrong of [
      { ...name, machine: '../x' },
      { ...name, log: '0-0123456789abcdef' },
      { ...name, log: '1-..' },
      { ...name, key: 'task.a.b' },
      { ...name, key: 'task.=0041.b.c' },
    ]) {
      expect(readLogSubject(logSubject(wrong))).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => readLogSubject(text) === null));
  });
});
