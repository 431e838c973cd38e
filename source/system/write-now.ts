// What an answer is written with that comes at once and is the whole of it: to load Node's streams for it would take
// longer than to make a list of a hundred tasks.

import { writeSync } from 'node:fs';
import { hasCode } from './plain-file.ts';

/** Writes all of it before it returns; only to a pipe that is full and must not be waited for, it goes on by itself. */
export function writeNow(stream: 'stdout' | 'stderr', text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) {
      written += writeSync(stream === 'stdout' ? 1 : 2, bytes, written);
    }
  } catch (error) {
    if (hasCode(error, 'EAGAIN')) process[stream].write(bytes.subarray(written));
    // A reader that has gone (`… | head -1`) is no failure of ours.
    else if (!hasCode(error, 'EPIPE')) throw error;
  }
}
