// The files that tails hold open between two readings, at most 64 of them in the whole process: with an open
// file the rest of a log can still be read after its name is gone, and its inode number is not used again.
// A thousand tasks would be a thousand descriptors, so the tail that grew longest ago gives its own back.

import type { FileHandle } from 'node:fs/promises';

const maxKeptHandles = 64;
const keptByOwner = new Map<object, FileHandle>();

/** Lends a handle to the process until its owner takes it back or others have pushed it out. */
export function keepHandle(owner: object, handle: FileHandle): void {
  keptByOwner.set(owner, handle);
  if (keptByOwner.size <= maxKeptHandles) return;
  for (const [oldestOwner, oldest] of keptByOwner) {
    keptByOwner.delete(oldestOwner);
    // Nobody who has read something waits until another's file is closed, or hears that it could not be.
    oldest.close().catch(() => {});
    return;
  }
}

/** The owner's handle, which is its own to close from now on; null if it was given back meanwhile. */
export function takeHandle(owner: object): FileHandle | null {
  const handle = keptByOwner.get(owner) ?? null;
  keptByOwner.delete(owner);
  return handle;
}
