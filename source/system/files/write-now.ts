// Writes output that is complete at once. Loading Node's streams for it would take longer than listing a hundred
// tasks.

import { writeSync } from 'node:fs';
import { hasCode } from './plain-file.ts';

/** Writes all of it. If a non-blocking pipe is full, Node's stream writes the rest. */
export function writeNow(stream: 'stdout' | 'stderr', text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) {
      written += writeSync(stream === 'stdout' ? 1 : 2, bytes, written);
    }
  } catch (error) {
    // A reader that has gone (`… | head -1`) is not an error, now or later.
    if (hasCode(error, 'EAGAIN')) {
      process[stream].once('error', () => {}).write(bytes.subarray(written));
    } else if (!hasCode(error, 'EPIPE')) throw error;
  }
}
