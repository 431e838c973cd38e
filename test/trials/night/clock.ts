// The clock that our program sees, which a fault can set: the number in a file is added to the true time.

import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const shifted = new URL('./shifted-clock.ts', import.meta.url).href;

export function clockEnvironment(directory: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--import=${shifted}`, NIGHT_CLOCK: join(directory, 'clock') };
}

/** Returns a function that shifts the clock by some more. */
export function clockOf(directory: string): (byMs: number) => Promise<void> {
  let shiftMs = 0;
  return async (byMs) => {
    shiftMs += byMs;
    const path = join(directory, 'clock');
    await writeFile(`${path}.new`, String(shiftMs));
    await rename(`${path}.new`, path);
  };
}
