// The files that tails hold open between reads, at most 64 in the whole process. Through an open file the rest of a
// log can be read after its name is gone, and its inode number is not reused. A thousand tasks would need a
// thousand descriptors, so the tail that has not grown for longest gives up its own.

import type { FileHandle } from 'node:fs/promises';

const maxKeptHandles = 64;
const keptByOwner = new Map<object, FileHandle>();

/** Puts a handle into the pool until its owner takes it back or newer ones push it out. */
export function keepHandle(owner: object, handle: FileHandle): void {
  keptByOwner.set(owner, handle);
  if (keptByOwner.size <= maxKeptHandles) return;
  for (const [oldestOwner, oldest] of keptByOwner) {
    keptByOwner.delete(oldestOwner);
    // A reader must not wait for another tail's file to close, or see its error.
    oldest.close().catch(() => {});
    return;
  }
}

/** Takes the handle out of the pool for its owner, who must close it; null if it was pushed out meanwhile. */
export function takeHandle(owner: object): FileHandle | null {
  const handle = keptByOwner.get(owner) ?? null;
  keptByOwner.delete(owner);
  return handle;
}
