// Reads lines of a file by their positions. Lines that are close together are read in one go.

import type { FileHandle } from 'node:fs/promises';
import { defaultMaxLineBytes, type TailLine } from './line-splitter.ts';
import { readBytes } from '../files/safe-file.ts';

type LineSpans = {
  /** Where a line is in the file, without its newline, in bytes. */
  spanOf(this: void, line: number): { start: number; end: number };
  maxLineBytes?: number | undefined;
};

/** Up to this many bytes between two lines are read too: that is cheaper than a second read. */
const worthReading = 64 * 1024;
const maxReadBytes = 4 * 1024 * 1024;

/** `lines`: line numbers in ascending order. */
export async function readLines(
  handle: FileHandle,
  lines: readonly number[],
  { spanOf, maxLineBytes = defaultMaxLineBytes }: LineSpans,
): Promise<TailLine[]> {
  const read: TailLine[] = [];
  let at = 0;
  while (at < lines.length) {
    const { start, end } = spanOf(lines[at] ?? 0);
    if (end - start > maxLineBytes) {
      read.push({ offset: start, bytes: end - start, text: null });
      at++;
      continue;
    }
    let last = at;
    let to = end;
    while (last + 1 < lines.length) {
      const next = spanOf(lines[last + 1] ?? 0);
      const isTooLong = next.end - next.start > maxLineBytes || next.end - start > maxReadBytes;
      if (isTooLong || next.start - to > worthReading) break;
      to = next.end;
      last++;
    }
    const bytes = await readBytes(handle, { position: start, length: to - start });
    for (; at <= last; at++) {
      const span = spanOf(lines[at] ?? 0);
      const text = bytes.toString('utf8', span.start - start, span.end - start);
      read.push({ offset: span.start, bytes: span.end - span.start, text });
    }
  }
  return read;
}
