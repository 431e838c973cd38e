// What an answer is written with that comes at once and is the whole of it: to load Node's streams for it would take
// longer than to make a list of a hundred tasks.

import { writeSync } from 'node:fs';
import { hasCode } from './plain-file.ts';

/** Writes all of it; to a pipe that is full and must not be waited for by way of Node's stream, which knows how. */
export function writeNow(stream: 'stdout' | 'stderr', text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) {
      written += writeSync(stream === 'stdout' ? 1 : 2, bytes, written);
    }
  } catch (error) {
    // A reader that has gone (`… | head -1`) is no failure of ours, then or later.
    if (hasCode(error, 'EAGAIN')) {
      process[stream].once('error', () => {}).write(bytes.subarray(written));
    } else if (!hasCode(error, 'EPIPE')) throw error;
  }
}
