// A look at a file that grows. What was appended a moment ago is still in memory, and to ask for it there and wait is
// over sooner than a thread of Node's pool is woken up for it; what is longer is read beside everything else.

import { fstatSync, lstatSync, type Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { nullIfMissing, readNow } from './plain-file.ts';
import { readInto } from './safe-file.ts';
import type { BytePlace } from './plain-file.ts';

const shortBytes = 64 * 1024;

/** What the name is now; null when there is nothing of that name. */
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

/** Into memory that is there; gives the part of it that was filled: less only where the file ends. */
export async function readGrown(
  handle: FileHandle,
  buffer: Buffer,
  place: BytePlace,
): Promise<Buffer> {
  return place.length > shortBytes
    ? readInto(handle, buffer, place)
    : readNow(handle.fd, buffer, place);
}
