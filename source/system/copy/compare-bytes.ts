// What the bytes of session.log say about how far its copy has got.

import { ownBeforeBreak } from '../../core/copy/log-copy.ts';

/** A line that says where the copy goes on: `after` is the offset behind it. */
export type BrokenPlace = { after: number; own: number };

/** The last such line of a session in a part of session.log that begins at `offset`; null if there is none. */
export function lastBrokenPlace(
  bytes: Buffer,
  { uuid, offset }: { uuid: string; offset: number },
): BrokenPlace | null {
  for (let end = bytes.lastIndexOf(0x0a); end !== -1;) {
    const start = end === 0 ? 0 : bytes.lastIndexOf(0x0a, end - 1) + 1;
    const own = ownBeforeBreak(bytes.toString('utf8', start, end), uuid);
    if (own !== null) return { after: offset + end + 1, own };
    if (start === 0) return null;
    end = start - 1;
  }
  return null;
}

/** How many bytes two buffers have in common at their beginning. */
export function commonLength(one: Buffer, other: Buffer): number {
  const most = Math.min(one.length, other.length);
  if (one.subarray(0, most).equals(other.subarray(0, most))) return most;
  let length = 0;
  while (one[length] === other[length]) length++;
  return length;
}
