// Where every line of a log begins and its kind, found in the background and kept only in memory. Pull-based like the
// tail, and with the tail's checks: each portion begins a few bytes before the position reached, and if those bytes
// have changed, the file was truncated and rewritten, however long it is now.
// Only landmarks are decoded, so a gigabyte takes about a second, in portions of a few milliseconds.

import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { LineKind } from '../../core/log/lines/line-kinds.ts';
import { behindHole } from '../files/hole.ts';
import { readGrown, statOf, statOfName } from '../files/growing-file.ts';
import { LineScanner } from './line-scanner.ts';
import { readLandmarks } from './landmark-reading.ts';
import { readLines } from './line-reading.ts';
import type { TailLine } from './line-splitter.ts';
import { LineTable } from './line-table.ts';
import { nullIfMissing } from '../files/plain-file.ts';
import { readInto } from '../files/safe-file.ts';
import type { ByteRange } from '../files/plain-file.ts';
import { openLog } from './open-log.ts';

type IndexStep = {
  /** The file was truncated or replaced, or its name is gone: everything known so far is void. */
  reset: boolean;
  /** False if there is more, so that read() is worth calling again at once. */
  atEnd: boolean;
  /** Lines of the kinds that `isLandmark` accepts, as text. */
  landmarks: readonly TailLine[];
};

export type LogIndex = {
  /** The lines found so far; consistent between two calls of read(). */
  readonly lines: Pick<LineTable, 'count' | 'offsetAt' | 'kindAt' | 'lineAt'>;
  /** Reads the next portion. Calls must not overlap. Rejects as the tail's read() does. */
  read(): Promise<IndexStep>;
  /** Where the last line found ends, its newline included, in bytes. */
  endOffset(): number;
  /** How much of the file is indexed, and its size at the last read, in bytes. */
  progress(): { done: number; of: number };
  /** The lines with these numbers, in ascending order. Throws if the file was changed meanwhile. */
  textOf(numbers: readonly number[]): Promise<readonly TailLine[]>;
  /** Raw bytes for a search; fewer only where the file ends. `into` must be at least as long. */
  bytesAt(place: ByteRange, into?: Buffer): Promise<Buffer>;
  close(): Promise<void>;
};

export type IndexOptions = {
  isLandmark?: (kind: LineKind) => boolean;
  portionBytes?: number;
  maxLineBytes?: number;
};

const defaultPortionBytes = 2 * 1024 * 1024;

export function indexLog(path: string, options: IndexOptions = {}): LogIndex {
  return new FileIndex(path, options);
}

type Identity = { device: number; inode: number };

class FileIndex implements LogIndex {
  readonly lines = new LineTable();
  readonly #path: string;
  readonly #options: IndexOptions;
  #scanner = new LineScanner();
  #handle: FileHandle | null = null;
  #file: Identity | null = null;
  #size = 0;
  #buffer: Buffer | null = null;
  #isClosed = false;

  constructor(path: string, options: IndexOptions) {
    this.#path = path;
    this.#options = options;
  }

  endOffset(): number {
    return this.#scanner.lineOffset;
  }

  progress(): { done: number; of: number } {
    return { done: this.#scanner.offset, of: Math.max(this.#size, this.#scanner.offset) };
  }

  async read(): Promise<IndexStep> {
    if (this.#isClosed) return nothingNew;
    const there = statOfName(this.#path);
    const isOther = this.#file !== null && !isSame(this.#file, there);
    if (isOther) await this.#forget();
    if (there === null) return { ...nothingNew, reset: isOther };
    const step = await this.#readOn();
    return { ...step, reset: step.reset || isOther };
  }

  async textOf(numbers: readonly number[]): Promise<readonly TailLine[]> {
    const handle = this.#handle;
    if (handle === null) return [];
    const end = this.endOffset();
    return readLines(handle, numbers, {
      spanOf: (line) => ({
        start: this.lines.offsetAt(line),
        end: (line + 1 < this.lines.count ? this.lines.offsetAt(line + 1) : end) - 1,
      }),
      maxLineBytes: this.#options.maxLineBytes,
    });
  }

  async bytesAt(place: ByteRange, into = Buffer.allocUnsafe(place.length)): Promise<Buffer> {
    return this.#handle === null ? Buffer.alloc(0) : readInto(this.#handle, into, place);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#closeHandle();
  }

  async #readOn(): Promise<IndexStep> {
    const handle = await this.#open();
    if (handle === null) return { ...nothingNew, atEnd: false };
    const stat = statOf(handle);
    const { size } = stat;
    this.#size = size;
    const { before, offset } = this.#scanner;
    const portion = this.#options.portionBytes ?? defaultPortionBytes;
    const wanted = Math.max(0, Math.min(portion, size - offset));
    const position = offset - before.length;
    const bytes = await this.#fill(handle, { position, length: before.length + wanted });
    if (!bytes.subarray(0, before.length).equals(before)) {
      this.#startAnew();
      return { ...nothingNew, reset: true, atEnd: false };
    }
    const found = this.#scanner.push(bytes, this.lines, this.#options.isLandmark);
    const atEnd = bytes.length === before.length || this.#scanner.offset >= size;
    const next = behindHole(bytes.subarray(before.length), this.#scanner.offset, stat);
    if (next !== null) this.#scanner.skipTo(next);
    if (atEnd) this.#buffer = null;
    return {
      reset: false,
      atEnd,
      landmarks: await readLandmarks(handle, found, { bytes, position }),
    };
  }

  /** Reuses one buffer: fresh memory pages for a gigabyte cost more than reading it. */
  async #fill(handle: FileHandle, place: ByteRange): Promise<Buffer> {
    if (this.#buffer === null || this.#buffer.length < place.length) {
      this.#buffer = Buffer.allocUnsafeSlow(place.length);
    }
    return readGrown(handle, this.#buffer, place);
  }

  async #open(): Promise<FileHandle | null> {
    if (this.#handle !== null) return this.#handle;
    const handle = await openLog(this.#path).catch(nullIfMissing);
    if (handle === null) return null;
    const { dev, ino } = statOf(handle);
    if (this.#isClosed) {
      await handle.close();
      return null;
    }
    this.#handle = handle;
    this.#file = { device: dev, inode: ino };
    return handle;
  }

  async #forget(): Promise<void> {
    this.#startAnew();
    this.#file = null;
    await this.#closeHandle();
  }

  #startAnew(): void {
    this.lines.clear();
    this.#scanner = new LineScanner();
  }

  async #closeHandle(): Promise<void> {
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close();
  }
}

const nothingNew: IndexStep = { reset: false, atEnd: true, landmarks: [] };

function isSame(file: Identity, stat: Stats | null): boolean {
  return stat !== null && stat.dev === file.device && stat.ino === file.inode;
}
