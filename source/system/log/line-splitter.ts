// Bytes in any portions → whole lines. Splits only on byte 0x0A (U+2028 and a lone CR are text) and decodes only
// whole lines, so that a character split between two portions stays whole.
// A line that is too long is counted, not kept: a writer without newlines must not fill the memory.

/** Longest line whose text is passed on, in bytes; longer lines are reported without text. */
export const defaultMaxLineBytes = 16 * 1024 * 1024;

export type TailLine = {
  /** Where the line begins in its file, in bytes. */
  offset: number;
  /** Its length in bytes without the newline. */
  bytes: number;
  /** Invalid UTF-8 becomes U+FFFD. Null for a line longer than the limit. */
  text: string | null;
};

export class LineSplitter {
  readonly #maxLineBytes: number;
  #lineOffset: number;
  #kept: Buffer[] = [];
  #partialBytes = 0;
  #skipping: boolean;
  #hasGap = false;

  /** `first: 'skip'` if `offset` may be inside a line: everything before the first newline is dropped. */
  constructor(options: { offset: number; maxLineBytes: number; first: 'take' | 'skip' }) {
    this.#lineOffset = options.offset;
    this.#maxLineBytes = options.maxLineBytes;
    this.#skipping = options.first === 'skip';
  }

  /** Takes the next bytes of the file and returns the lines that they complete. */
  push(bytes: Buffer): TailLine[] {
    const lines: TailLine[] = [];
    let from = 0;
    for (;;) {
      const newline = bytes.indexOf(0x0a, from);
      if (newline === -1) break;
      const line = this.#endLine(bytes.subarray(from, newline));
      if (line !== null) lines.push(line);
      from = newline + 1;
    }
    this.#keep(bytes.subarray(from));
    return lines;
  }

  /** Counts bytes of the unfinished line that were not read: it has no text from then on. */
  skip(bytes: number): void {
    this.#kept = [];
    this.#hasGap = true;
    this.#partialBytes += bytes;
  }

  /** The unfinished last line as a line of its own, for a file that will not grow any more. */
  finish(): TailLine | null {
    return this.#partialBytes === 0 ? null : this.#endLine(Buffer.alloc(0));
  }

  /** Where the unfinished last line begins; null while unknown. */
  get lineOffset(): number | null {
    return this.#skipping ? null : this.#lineOffset;
  }

  get partialBytes(): number {
    return this.#partialBytes;
  }

  #endLine(rest: Buffer): TailLine | null {
    const bytes = this.#partialBytes + rest.length;
    const line = { offset: this.#lineOffset, bytes, text: this.#decode(rest, bytes) };
    const skipped = this.#skipping;
    this.#lineOffset += bytes + 1;
    this.#kept = [];
    this.#partialBytes = 0;
    this.#skipping = false;
    this.#hasGap = false;
    return skipped ? null : line;
  }

  #decode(rest: Buffer, bytes: number): string | null {
    if (bytes > this.#maxLineBytes || this.#skipping || this.#hasGap) return null;
    if (this.#kept.length === 0) return rest.toString('utf8');
    return Buffer.concat([...this.#kept, rest], bytes).toString('utf8');
  }

  #keep(rest: Buffer): void {
    if (rest.length === 0) return;
    this.#partialBytes += rest.length;
    const isWanted = !this.#skipping && !this.#hasGap;
    if (this.#partialBytes > this.#maxLineBytes || !isWanted) this.#kept = [];
    // A copy: a view of even one byte would keep the whole portion in memory.
    else this.#kept.push(Buffer.from(rest));
  }
}
