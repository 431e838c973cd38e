// Shared by the tests of the tail: a log in a directory of its own for each test, and ways to read it.

import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { type LogTail, tailLog, type TailOptions } from '../../../source/system/log/tail.ts';

type Log = {
  directory: string;
  path: string;
  /** A tail of the log, or of another file. */
  open(options?: TailOptions, path?: string): LogTail;
};

/** Call it once per test file; what it returns is renewed for each test. Tails are closed at the end. */
export function setUpLog(): Log {
  const tails: LogTail[] = [];
  const log: Log = {
    directory: '',
    path: '',
    open: (options = {}, path = log.path) => {
      const tail = tailLog(path, options);
      tails.push(tail);
      return tail;
    },
  };
  beforeEach(() => {
    log.directory = fs.mkdtempSync(join(tmpdir(), 'log-tail-'));
    log.path = join(log.directory, 'session.log');
  });
  afterEach(async () => {
    for (const tail of tails.splice(0)) await tail.close();
    fs.rmSync(log.directory, { recursive: true, force: true });
  });
  return log;
}

/** One read, which must reach the end without a reset. */
export async function textsOf(tail: LogTail): Promise<(string | null)[]> {
  const { lines, reset, atEnd } = await tail.read();
  expect({ reset, atEnd }).toEqual({ reset: 'none', atEnd: true });
  return lines.map(({ text }) => text);
}

/** Reads to the end: resets and texts in the order in which they are reported. */
export async function everything(tail: LogTail): Promise<(string | null)[]> {
  const told: (string | null)[] = [];
  for (;;) {
    const { lines, reset, atEnd } = await tail.read();
    if (reset !== 'none') told.push(`reset ${reset}`);
    told.push(...lines.map(({ text }) => text));
    if (atEnd) return told;
  }
}
