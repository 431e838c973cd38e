import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { kindOfLine } from '../../../source/core/log/lines/line-kind.ts';
import { indexLog, type LogIndex } from '../../../source/system/log/log-index.ts';
import {
  type Action,
  actions,
  linesOf,
  maxLineBytes,
  RandomLogWriter,
  type WrittenFile,
} from './random-log-writer.ts';

const numRuns = Number(process.env['FAST_CHECK_RUNS'] ?? 300);
const timeout = 30_000 + numRuns * 200;

const portionBytes = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(1024 * 1024));

test(
  'an index read to the end after each change knows exactly the lines of the file',
  async () => {
    await fc.assert(fc.asyncProperty(actions, portionBytes, inDirectory(readAfterEach)), {
      numRuns,
    });
  },
  timeout,
);

test(
  'an index read at any speed while the file changes ends with the lines of the file',
  async () => {
    const yields = fc.infiniteStream(fc.integer({ min: 0, max: 6 }));
    await fc.assert(fc.asyncProperty(actions, portionBytes, yields, inDirectory(readMeanwhile)), {
      numRuns,
    });
  },
  timeout,
);

async function readAfterEach(path: string, steps: Action[], portionBytes: number): Promise<void> {
  const writer = new RandomLogWriter(path);
  let index = indexLog(path, { portionBytes, maxLineBytes });
  let known: WrittenFile | null = null;
  let seen: Buffer = Buffer.alloc(0);
  for (const step of steps) {
    if (step.kind === 'restart reader') {
      await index.close();
      index = indexLog(path, { portionBytes, maxLineBytes });
      known = null;
    }
    writer.do(step);
    const wasReset = await readToEnd(index);
    const isVoid: boolean =
      known !== null &&
      (known !== writer.file || !writer.file.content.subarray(0, seen.length).equals(seen));
    if (isVoid) expect(wasReset).toBe(true);
    else if (known !== null) expect(wasReset).toBe(false);
    await expectKnows(index, writer.file);
    known = writer.file;
    seen = known?.content ?? Buffer.alloc(0);
  }
  await index.close();
}

async function readMeanwhile(
  path: string,
  steps: Action[],
  portionBytes: number,
  yields: Iterator<number>,
): Promise<void> {
  const writer = new RandomLogWriter(path);
  const index = indexLog(path, { portionBytes, maxLineBytes });
  for (const step of steps) {
    const reading = index.read();
    for (let count = Number(yields.next().value); count > 0; count--) await setImmediate();
    writer.do(step);
    await reading;
  }
  await readToEnd(index);
  await expectKnows(index, writer.file);
  await index.close();
}

async function readToEnd(index: LogIndex): Promise<boolean> {
  let wasReset = false;
  for (;;) {
    const step = await index.read();
    wasReset ||= step.reset;
    if (step.atEnd) return wasReset;
  }
}

async function expectKnows(index: LogIndex, file: WrittenFile | null): Promise<void> {
  const expected = linesOf(file);
  const { lines } = index;
  const numbers = Array.from({ length: lines.count }, (_, line) => line);
  expect(numbers.map((line) => lines.offsetAt(line))).toEqual(expected.map(({ offset }) => offset));
  expect(numbers.map((line) => lines.kindAt(line))).toEqual(
    expected.map(({ offset, bytes }) =>
      kindOfLine(file?.content ?? Buffer.alloc(0), { start: offset, end: offset + bytes }),
    ),
  );
  expect(await index.textOf(numbers)).toEqual(expected);
  for (const { offset } of expected) expect(lines.offsetAt(lines.lineAt(offset))).toBe(offset);
}

/** Real files, in a directory of their own for each run. */
function inDirectory<Given extends unknown[]>(
  check: (path: string, ...given: Given) => Promise<void>,
): (...given: Given) => Promise<void> {
  return async (...given) => {
    const directory = fs.mkdtempSync(join(tmpdir(), 'log-index-model-'));
    try {
      await check(join(directory, 'session.log'), ...given);
    } finally {
      fs.rmSync(directory, { recursive: true, force: true });
    }
  };
}
