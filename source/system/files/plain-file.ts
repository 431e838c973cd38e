// Reads a file that is not trusted: only if it is a plain file, and only as much as was asked for. Synchronous: for a
// thousand tasks, waiting would take longer than reading.

import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
} from 'node:fs';

/** Something that is not a plain file is in its place. The message is one sentence for the user. */
export class UnsafeFileError extends Error {
  override readonly name = 'UnsafeFileError';
  readonly path: string;
  /** What is there, with its article: "a symbolic link". */
  readonly found: string;

  constructor(path: string, found: string) {
    super(`${path} is ${found} where a plain file belongs: move it away and try again.`);
    this.path = path;
    this.found = found;
  }
}

/** A part of a file, in bytes. */
export type ByteRange = { position: number; length: number };

/** A part of a file as text. */
export type SmallFile = {
  /** Invalid UTF-8 (also a character cut at `maxBytes`) becomes U+FFFD; a byte order mark is dropped. */
  text: string;
  /** True if the file is longer than `maxBytes`. */
  truncated: boolean;
  stat: Stats;
};

const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** Most files fit in it; larger ones get a buffer of their own. */
let scratch: Buffer | undefined;
const scratchBytes = 64 * 1024;

/**
 * Reads at most `maxBytes` of a file, whatever size it claims. Null if there is none. `from`: which part of a longer
 * file; default: its start. `isExpected`: skip the existence check (a failing open costs more than an lstat).
 */
export function readSmallFileNow(
  path: string,
  {
    maxBytes,
    from = 'start',
    isExpected = false,
  }: { maxBytes: number; from?: 'start' | 'end'; isExpected?: boolean },
): SmallFile | null {
  if (!isExpected && isSurelyMissing(path)) return null;
  let file: number;
  try {
    file = openSync(path, flags);
  } catch (error) {
    if (isMissing(error)) return null;
    throw unsafeThingAt(path) ?? error;
  }
  try {
    const stat = fstatSync(file);
    const found = unlessPlain(stat);
    if (found !== null) throw new UnsafeFileError(path, found);
    const length = Math.min(maxBytes, stat.size);
    const position = from === 'start' ? 0 : stat.size - length;
    const buffer = roomFor(length);
    const filled = fill(file, buffer, { position, length });
    return { text: textIn(buffer, filled), truncated: stat.size > maxBytes, stat };
  } finally {
    closeSync(file);
  }
}

function isSurelyMissing(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

function roomFor(length: number): Buffer {
  return length > scratchBytes
    ? Buffer.allocUnsafe(length)
    : (scratch ??= Buffer.allocUnsafeSlow(scratchBytes));
}

/** Not a TextDecoder: calling one takes longer than decoding most checklists. */
function textIn(buffer: Buffer, length: number): string {
  const text = buffer.toString('utf8', 0, length);
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

/** Reads `place` of an open file into `buffer` and returns the filled part. */
export function readNow(file: number, buffer: Buffer, place: ByteRange): Buffer {
  return buffer.subarray(0, fill(file, buffer, place));
}

function fill(file: number, buffer: Buffer, { position, length }: ByteRange): number {
  let filled = 0;
  while (filled < length) {
    const bytes = readSync(file, buffer, filled, length - filled, position + filled);
    if (bytes === 0) break;
    filled += bytes;
  }
  return filled;
}

/** Links, sockets and pipes fail to open with codes that differ by system, so check the name itself. */
function unsafeThingAt(path: string): UnsafeFileError | null {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  const found = stat === undefined ? null : unlessPlain(stat);
  return found === null ? null : new UnsafeFileError(path, found);
}

export function unlessPlain(stat: Stats): string | null {
  if (stat.isFile()) return null;
  if (stat.isSymbolicLink()) return 'a symbolic link';
  if (stat.isDirectory()) return 'a directory';
  if (stat.isFIFO()) return 'a named pipe';
  if (stat.isSocket()) return 'a socket';
  return 'a device';
}

/** Whether a file system error says that nothing is at the path. */
export function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR');
}

/** For a `catch`: null if the file is missing; any other error is thrown again. */
export function nullIfMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
