import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LogTail, type TailBatch, tailLog } from '../../../source/system/log/tail.ts';
import {
  type Action,
  actions,
  halfLineOf,
  linesOf,
  maxLineBytes,
  RandomLogWriter,
  type WrittenFile,
} from './random-log-writer.ts';

const numRuns = Number(process.env['FAST_CHECK_RUNS'] ?? 300);
const timeout = 30_000 + numRuns * 200;

const maxBytes = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(1024 * 1024));

type Told = TailBatch['lines'][number] | Exclude<TailBatch['reset'], 'none'>;

test(
  'a reader that reads to the end after each change gets exactly what was written',
  async () => {
    await fc.assert(fc.asyncProperty(actions, maxBytes, inDirectory(readAfterEach)), { numRuns });
  },
  timeout,
);

test(
  'a reader at any speed gets no line that was never whole, and ends with the file as it is',
  async () => {
    const yields = fc.infiniteStream(fc.integer({ min: 0, max: 6 }));
    await fc.assert(fc.asyncProperty(actions, maxBytes, yields, inDirectory(readMeanwhile)), {
      numRuns,
    });
  },
  timeout,
);

async function readAfterEach(path: string, steps: Action[], maxBytes: number): Promise<void> {
  const writer = new RandomLogWriter(path);
  let tail = tailLog(path, { maxLineBytes });
  let known: WrittenFile | null = null;
  let seen: Buffer = Buffer.alloc(0);
  for (const step of steps) {
    if (step.kind === 'restart reader') tail = await restart(tail, path);
    writer.do(step);
    const told: Told[] = [];
    await readToEnd(tail, maxBytes, (batch) => told.push(...flat(batch)));
    expect(told).toEqual(expectedAfter({ known, seen, now: writer.file }));
    known = writer.file;
    seen = known?.content ?? Buffer.alloc(0);
    expect(tail.partialBytes()).toBe(halfLineOf(known)?.bytes ?? 0);
  }
  await tail.close();
}

/** `seen` is what the reader has read of `known`, the file that had the name before; `now` has the name now. */
function expectedAfter({
  known,
  seen,
  now,
}: Record<'known' | 'now', WrittenFile | null> & { seen: Buffer }): Told[] {
  if (known === null) return linesOf(now);
  if (known !== now) {
    const half = halfLineOf({ content: seen });
    return [...(half ? [half] : []), now === null ? 'gone' : 'replaced', ...linesOf(now)];
  }
  if (!now.content.subarray(0, seen.length).equals(seen)) return ['truncated', ...linesOf(now)];
  return linesOf(now).slice(linesOf({ content: seen }).length);
}

async function readMeanwhile(
  path: string,
  steps: Action[],
  maxBytes: number,
  yields: Iterator<number>,
): Promise<void> {
  const writer = new RandomLogWriter(path);
  let tail = tailLog(path, { maxLineBytes });
  const view: Told[] = [];
  const take = ({ lines, reset }: TailBatch) => {
    if (reset !== 'none') view.length = 0;
    for (const line of lines) {
      const isKnown = writer.wholeLines.has(line.text) || writer.lastHalfLines.has(line.text);
      expect(isKnown, `${line.text} never stood in the file`).toBe(true);
      view.push(line);
    }
  };
  for (const step of steps) {
    if (step.kind === 'restart reader') {
      // Without a position to continue from, a reader starts over and knows nothing of what was reported.
      if (tail.position() === null) view.length = 0;
      tail = await restart(tail, path);
    }
    const reading = tail.read({ maxBytes });
    for (let count = Number(yields.next().value); count > 0; count--) await setImmediate();
    writer.do(step);
    take(await reading);
  }
  await readToEnd(tail, maxBytes, take);
  expect(view).toEqual(linesOf(writer.file));
  await tail.close();
}

async function readToEnd(
  tail: LogTail,
  maxBytes: number,
  take: (batch: TailBatch) => void,
): Promise<void> {
  for (;;) {
    const batch = await tail.read({ maxBytes });
    take(batch);
    if (batch.atEnd) return;
  }
}

/** A reset comes before the lines of its batch, as TailBatch promises. */
function flat({ reset, lines }: TailBatch): Told[] {
  return reset === 'none' ? [...lines] : [reset, ...lines];
}

async function restart(tail: LogTail, path: string): Promise<LogTail> {
  await tail.close();
  return tailLog(path, { maxLineBytes, from: tail.position() ?? 'start' });
}

/** Real files, in a directory of their own for each run. */
function inDirectory<Given extends unknown[]>(
  check: (path: string, ...given: Given) => Promise<void>,
): (...given: Given) => Promise<void> {
  return async (...given) => {
    const directory = fs.mkdtempSync(join(tmpdir(), 'log-tail-model-'));
    try {
      await check(join(directory, 'session.log'), ...given);
    } finally {
      fs.rmSync(directory, { recursive: true, force: true });
    }
  };
}
