// A copy of an index that is as old as the index. Git compares files by size and time, in seconds, and looks into those that are
// no older than the index itself: they may have been changed in the second in which they were staged. In a copy that looked
// newer, such a change would not be seen.

import { copyFile, stat, utimes } from 'node:fs/promises';

/** Throws the system's error if there is none. */
export async function copyIndex(from: string, to: string): Promise<void> {
  // First, so that an index that is replaced meanwhile is taken for older than it is: then more files are looked into.
  const { atimeMs, mtimeMs } = await stat(from);
  await copyFile(from, to);
  await utimes(to, Math.floor(atimeMs) / 1000, Math.floor(mtimeMs) / 1000);
}
