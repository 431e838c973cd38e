// The texts of landmarks that were found in a portion of a log: from the portion where they lie in it, else from the
// file.

import type { FileHandle } from 'node:fs/promises';
import type { FoundLine } from './line-scanner.ts';
import type { TailLine } from './line-splitter.ts';
import { readBytes } from '../files/safe-file.ts';

/** Longer ones are no landmarks: what marks a place is short. */
const maxLandmarkBytes = 64 * 1024;

/** `position`: where in the file its first byte stands. */
type Portion = { bytes: Buffer; position: number };

export async function readLandmarks(
  handle: FileHandle,
  found: readonly FoundLine[],
  { bytes, position }: Portion,
): Promise<readonly TailLine[]> {
  const lines: TailLine[] = [];
  for (const { start, end } of found) {
    const length = end - start;
    if (length > maxLandmarkBytes) continue;
    // One that began in an earlier portion is read once more.
    const own =
      start < position
        ? await readBytes(handle, { position: start, length })
        : bytes.subarray(start - position, end - position);
    lines.push({ offset: start, bytes: length, text: own.toString('utf8') });
  }
  return lines;
}
