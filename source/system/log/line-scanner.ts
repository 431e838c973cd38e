// Finds where lines begin and their kinds, in bytes that come in portions. Of an unfinished line only the first and
// the last bytes are kept, however long it is.

import { kindOfLine, kindReach } from '../../core/log/lines/line-kind.ts';
import type { LineKind } from '../../core/log/lines/line-kinds.ts';
import type { LineTable } from './line-table.ts';

/** A landmark: where it is in the file, without its newline, in bytes. */
export type FoundLine = { readonly start: number; readonly end: number };

/** The next portion must begin with as many bytes again. */
const rememberedBytes = kindReach.last;

export class LineScanner {
  /** How far the file is scanned, in bytes. */
  offset = 0;
  /** Where the unfinished line begins. */
  lineOffset = 0;
  /** The last bytes before the offset. */
  before: Buffer = Buffer.alloc(0);
  /** The first bytes of the unfinished line. */
  #head: Buffer = Buffer.alloc(0);

  /** `bytes` must begin with the bytes in `before`. Returns the lines that are landmarks. */
  push(bytes: Buffer, lines: LineTable, isLandmark?: (kind: LineKind) => boolean): FoundLine[] {
    const found: FoundLine[] = [];
    const base = this.offset - this.before.length;
    let start = this.before.length;
    for (;;) {
      const newline = bytes.indexOf(0x0a, start);
      if (newline === -1) break;
      const kind = this.#isWithin(base + start)
        ? kindOfLine(bytes, { start, end: newline })
        : this.#kindOfLongLine(bytes, { base, newline });
      lines.push(this.lineOffset, kind);
      if (isLandmark?.(kind) === true) found.push({ start: this.lineOffset, end: base + newline });
      start = newline + 1;
      this.lineOffset = base + start;
    }
    this.#remember(bytes, { base, start });
    return found;
  }

  /** Goes on at an offset behind a hole, within the unfinished line. */
  skipTo(offset: number): void {
    this.offset = offset;
    this.before = Buffer.alloc(0);
  }

  #isWithin(start: number): boolean {
    return this.lineOffset === start;
  }

  /** A line that began in an earlier portion: its two ends are enough to tell its kind. */
  #kindOfLongLine(bytes: Buffer, { base, newline }: { base: number; newline: number }): LineKind {
    const head = this.#headWith(bytes.subarray(this.before.length, newline));
    const from = Math.max(newline - kindReach.last, this.lineOffset + head.length - base);
    const ends = Buffer.concat([head, bytes.subarray(Math.max(0, from), newline)]);
    return kindOfLine(ends, { start: 0, end: ends.length });
  }

  #headWith(more: Buffer): Buffer {
    if (this.#head.length >= kindReach.first) return this.#head;
    return Buffer.concat([this.#head, more.subarray(0, kindReach.first - this.#head.length)]);
  }

  #remember(bytes: Buffer, { base, start }: { base: number; start: number }): void {
    const begins = base + start === this.lineOffset && start > this.before.length;
    const isNew = begins || this.lineOffset === this.offset;
    this.#head = isNew
      ? Buffer.from(bytes.subarray(start, start + kindReach.first))
      : this.#headWith(bytes.subarray(this.before.length));
    this.offset = base + bytes.length;
    // A copy: a view would keep the whole portion in memory.
    this.before = Buffer.from(bytes.subarray(Math.max(0, bytes.length - rememberedBytes)));
  }
}
