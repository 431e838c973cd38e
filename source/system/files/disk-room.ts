// Whether there is room where a task writes. A session that is started on a full disk fails in the middle of
// something, so it is looked at before.

import { statfs } from 'node:fs/promises';

/** Below it nothing worth a session fits: its log alone has more. */
const leastBytes = 1024 * 1024;

/** What lies there, as a sentence names it: `the log`. */
export type DiskPlace = { holds: string; path: string };

/** One sentence that names what lies on a full disk and says what to do; null where there is room. */
export async function fullDisk(places: readonly DiskPlace[]): Promise<string | null> {
  const looks = await Promise.all(
    places.map(async (place) => ({ place, full: await isFull(place) })),
  );
  const full = looks.filter((look) => look.full).map(({ place }) => place.holds);
  return full.length === 0 ? null : `The disk with ${listed(full)} is full: make room`;
}

async function isFull({ path }: DiskPlace): Promise<boolean> {
  try {
    const { blocks, bavail, bsize, files, ffree } = await statfs(path);
    // File systems without a count say 0 of everything.
    const isOutOfBytes = blocks > 0 && bavail * bsize < leastBytes;
    const isOutOfFiles = files > 0 && ffree === 0;
    return isOutOfBytes || isOutOfFiles;
  } catch {
    // What is not there, or not to be looked at, complains by itself when it is written.
    return false;
  }
}

function listed(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
}
