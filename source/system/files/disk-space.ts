// Checks the disk space where a task writes, before a session starts: on a full disk it would fail in the middle
// of its work.

import { statfs } from 'node:fs/promises';

/** Less is not worth a session: its log alone needs more. */
const leastBytes = 1024 * 1024;

/** `holds`: what is stored there, as a sentence names it: `the log`. */
type DiskUse = { holds: string; path: string };

/** One sentence that names what is on a full disk and says what to do; null if there is space. */
export async function fullDisk(places: readonly DiskUse[]): Promise<string | null> {
  const looks = await Promise.all(
    places.map(async (place) => ({ place, full: await isFull(place) })),
  );
  const full = looks.filter((look) => look.full).map(({ place }) => place.holds);
  return full.length === 0 ? null : `The disk with ${listed(full)} is full: free some space`;
}

async function isFull({ path }: DiskUse): Promise<boolean> {
  try {
    const { blocks, bavail, bsize, files, ffree } = await statfs(path);
    // A file system that does not count reports 0 for everything.
    const isOutOfBytes = blocks > 0 && bavail * bsize < leastBytes;
    const isOutOfFiles = files > 0 && ffree === 0;
    return isOutOfBytes || isOutOfFiles;
  } catch {
    // A missing or unreadable place reports its own error when it is written.
    return false;
  }
}

function listed(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
}
