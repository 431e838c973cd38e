// Whether a file is still the one that was read. The time of its last change (ctime) cannot be set by who writes it.

import { stat } from 'node:fs/promises';
import { systemClock } from '../clock.ts';
import { isMissing } from './plain-file.ts';

/** Within it a file may change again without another time. */
const settledAfterMs = 2000;

/** The same as long as the file is the same, and 'absent' without one; null where that cannot be told, as right after it was written. */
export async function fileState(path: string): Promise<string | null> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    const age = systemClock.now() - Number(ctimeNs / 1_000_000n);
    if (Math.abs(age) < settledAfterMs) return null;
    return [path, dev, ino, size, mtimeNs, ctimeNs].join(':');
  } catch (error) {
    return isMissing(error) ? 'absent' : null;
  }
}
