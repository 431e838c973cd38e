// Reads the texts of the landmarks found in a portion of a log: from the portion if it contains them, else from the
// file.

import type { FileHandle } from 'node:fs/promises';
import type { FoundLine } from './line-scanner.ts';
import type { TailLine } from './line-splitter.ts';
import { readBytes } from '../files/safe-file.ts';

/** Longer lines are not landmarks: a landmark is short. */
const maxLandmarkBytes = 64 * 1024;

/** `position`: the file offset of its first byte. */
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
    // A line that began in an earlier portion is read again.
    const own =
      start < position
        ? await readBytes(handle, { position: start, length })
        : bytes.subarray(start - position, end - position);
    lines.push({ offset: start, bytes: length, text: own.toString('utf8') });
  }
  return lines;
}
