// Stats and reads a growing file. Recently appended bytes are still in the page cache: a synchronous read of them is
// faster than waking a thread of Node's pool. Longer parts are read asynchronously.

import { fstatSync, lstatSync, type Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { nullIfMissing, readNow } from './plain-file.ts';
import { readInto } from './safe-file.ts';
import type { ByteRange } from './plain-file.ts';

const shortBytes = 64 * 1024;

/** What has this name now; null if nothing has. */
export function statOfName(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    return nullIfMissing(error);
  }
}

export function statOf(handle: FileHandle): Stats {
  return fstatSync(handle.fd);
}

/** Reads into `buffer` and returns the filled part, shorter only where the file ends. */
export async function readGrown(
  handle: FileHandle,
  buffer: Buffer,
  place: ByteRange,
): Promise<Buffer> {
  return place.length > shortBytes
    ? readInto(handle, buffer, place)
    : readNow(handle.fd, buffer, place);
}
