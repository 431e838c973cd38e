// A position in one file, and what was read up to it. Each read begins 64 bytes before the position: if those bytes
// have changed, the file was truncated and rewritten, however long it is now.
// It knows no file names: choosing the file is the tail's job.

import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { readGrown } from '../files/growing-file.ts';
import { behindHole } from '../files/hole.ts';
import { LineSplitter, type TailLine } from './line-splitter.ts';
import { readBytes } from '../files/safe-file.ts';

/** A position in a file that outlives the process: always the beginning of a line. */
export type TailPosition = {
  device: number;
  inode: number;
  /** In bytes. */
  offset: number;
  /** The up to 64 bytes before `offset`, in base64. */
  before: string;
};

/** Where a tail begins in the first file that it opens. */
export type TailStart =
  | 'start'
  /** At the first line that begins within the last `lastBytes` bytes. */
  | { lastBytes: number }
  /** At a byte known to begin a line. */
  | { offset: number }
  | TailPosition;

/** The part of a file's stat that the cursor needs. */
type FileState = Pick<Stats, 'dev' | 'ino' | 'size'>;

const fingerprintBytes = 64;

type CursorPosition = { offset: number; before: Buffer; first: 'take' | 'skip' };

export class LogCursor {
  readonly #device: number;
  readonly #inode: number;
  readonly #splitter: LineSplitter;
  #offset: number;
  /** The bytes before the offset. */
  #before: Buffer;
  /** The bytes before the unfinished last line. */
  #beforeLine: Buffer;

  constructor(file: FileState, maxLineBytes: number, place: CursorPosition = beginning()) {
    this.#device = file.dev;
    this.#inode = file.ino;
    this.#offset = place.offset;
    this.#before = place.before;
    this.#beforeLine = place.before;
    this.#splitter = new LineSplitter({ ...place, maxLineBytes });
  }

  isOf(file: FileState | null): boolean {
    return file !== null && file.dev === this.#device && file.ino === this.#inode;
  }

  /** The next lines, reading up to `maxBytes`; 'changed' if what was read before is no longer there. */
  async readOn(
    handle: FileHandle,
    { size, blocks, maxBytes }: Pick<Stats, 'size' | 'blocks'> & { maxBytes: number },
  ): Promise<{ lines: TailLine[]; atEnd: boolean } | 'changed'> {
    const known = this.#before.length;
    const wanted = Math.max(0, Math.min(maxBytes, size - this.#offset));
    const position = this.#offset - known;
    const length = known + wanted;
    const bytes = await readGrown(handle, Buffer.allocUnsafe(length), { position, length });
    if (!bytes.subarray(0, known).equals(this.#before)) return 'changed';
    const fresh = bytes.subarray(known);
    this.#remember(bytes, fresh);
    const lines = this.#splitter.push(fresh);
    // No bytes although the size promised some: reading again at once would not help.
    const atEnd = fresh.length === 0 || this.#offset >= size;
    this.#skipHole(fresh, { size, blocks });
    return { lines, atEnd };
  }

  /** The half line at the end of a file that will not grow any more, or null. */
  finish(): TailLine | null {
    return this.#splitter.finish();
  }

  /** Null until the beginning of a line is known. */
  position(): TailPosition | null {
    const offset = this.#splitter.lineOffset;
    if (offset === null) return null;
    const before = this.#beforeLine.toString('base64');
    return { device: this.#device, inode: this.#inode, offset, before };
  }

  get partialBytes(): number {
    return this.#splitter.partialBytes;
  }

  #skipHole(fresh: Buffer, file: Pick<Stats, 'size' | 'blocks'>): void {
    const next = behindHole(fresh, this.#offset, file);
    if (next === null) return;
    this.#splitter.skip(next - this.#offset);
    this.#before = Buffer.alloc(0);
    this.#offset = next;
  }

  #remember(bytes: Buffer, fresh: Buffer): void {
    const lineEnd = fresh.lastIndexOf(0x0a);
    if (lineEnd !== -1) {
      this.#beforeLine = lastBytesOf(bytes.subarray(0, bytes.length - fresh.length + lineEnd + 1));
    }
    this.#before = lastBytesOf(bytes);
    this.#offset += fresh.length;
  }
}

/** A cursor at `from`, or at the file's beginning if `from` was taken in another file. */
export async function positionCursor(
  handle: FileHandle,
  file: FileState,
  { from, maxLineBytes }: { from: TailStart; maxLineBytes: number },
): Promise<{ cursor: LogCursor; reset: 'none' | 'truncated' | 'replaced' }> {
  if (from === 'start') return { cursor: new LogCursor(file, maxLineBytes), reset: 'none' };
  if ('inode' in from && (from.inode !== file.ino || from.device !== file.dev)) {
    return { cursor: new LogCursor(file, maxLineBytes), reset: 'replaced' };
  }
  const place = await positionIn(handle, file, from);
  if (place === null) return { cursor: new LogCursor(file, maxLineBytes), reset: 'truncated' };
  return { cursor: new LogCursor(file, maxLineBytes, place), reset: 'none' };
}

async function positionIn(
  handle: FileHandle,
  file: FileState,
  from: Exclude<TailStart, 'start'>,
): Promise<CursorPosition | null> {
  // One byte earlier: if it is a newline, a line begins exactly after it and is not skipped.
  const offset = 'lastBytes' in from ? file.size - from.lastBytes - 1 : from.offset;
  if (offset < 0) return beginning();
  if (offset > file.size) return null;
  const position = Math.max(0, offset - fingerprintBytes);
  const before = await readBytes(handle, { position, length: offset - position });
  if (before.length < offset - position) return null;
  if ('before' in from && !before.equals(Buffer.from(from.before, 'base64'))) return null;
  return { offset, before, first: 'lastBytes' in from ? 'skip' : 'take' };
}

function beginning(): CursorPosition {
  return { offset: 0, before: Buffer.alloc(0), first: 'take' };
}

/** A copy: a view would keep everything that was read in memory. */
function lastBytesOf(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(Math.max(0, bytes.length - fingerprintBytes)));
}
