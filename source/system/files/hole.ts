// A file can claim terabytes that it does not have: a hole reads as zeros. Node cannot ask where holes are, but a file
// tells how much space it takes.

import type { Stats } from 'node:fs';

/** Smaller holes are read: that takes no time. */
const leastHole = 64 * 1024 * 1024;
const leastZeros = 64 * 1024;
const blockBytes = 512;

let zeros = Buffer.alloc(0);

/**
 * Where to go on reading behind `offset`, given the bytes that end there; null if they are no hole. What a file has
 * fits into the last bytes that it takes up, unless it stands between two holes: that is not read.
 */
export function behindHole(
  bytes: Buffer,
  offset: number,
  { size, blocks }: Pick<Stats, 'size' | 'blocks'>,
): number | null {
  const takesUp = blocks * blockBytes;
  if (size - takesUp < leastHole || bytes.length < leastZeros) return null;
  if (zeros.length < bytes.length) zeros = Buffer.alloc(bytes.length);
  if (!zeros.subarray(0, bytes.length).equals(bytes)) return null;
  const next = size - takesUp;
  return next > offset ? next : null;
}
