// Opens, reads and replaces files in a directory that the agent can write. A name there may be a link to
// somewhere else, a pipe that never answers or a device: opening one must neither follow, block nor write.
// Only the last part of a path is held to this; the directories above it are the caller's to trust.

import { randomBytes } from 'node:crypto';
import { constants, fstatSync, type Stats } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  hasCode,
  isMissing,
  UnsafeFileError,
  unlessPlain,
  type BytePlace,
  type SmallFile,
} from './plain-file.ts';

/** Opens a plain file to read. Throws UnsafeFileError for anything else, and what `open` throws. */
export async function openForReading(path: string): Promise<FileHandle> {
  return openPlainFile(path, { flags: constants.O_RDONLY, unsafe: unlessPlain });
}

/**
 * Opens a plain file to append to, made with `mode` where there is none. A file with a second name is
 * refused too: what is appended would show up under the other name, which may lie anywhere.
 */
export async function openForAppending(path: string, mode = 0o600): Promise<FileHandle> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND;
  return openPlainFile(path, { flags, mode, unsafe: unlessPlainWithOneName });
}

/** Reads a file, but never more than `maxBytes` of it, whatever size it claims. Null when there is none. */
export async function readSmallFile(
  path: string,
  { maxBytes }: { maxBytes: number },
): Promise<SmallFile | null> {
  let handle: FileHandle;
  try {
    handle = await openForReading(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    const stat = await handle.stat();
    const bytes = await readBytes(handle, { position: 0, length: Math.min(maxBytes, stat.size) });
    return { text: new TextDecoder().decode(bytes), truncated: stat.size > maxBytes, stat };
  } finally {
    await handle.close();
  }
}

/**
 * Replaces a file as a whole, or leaves it as it was and throws (ENOSPC, EACCES …). Whoever reads it sees
 * the old content or the new one, after a power cut as well. A link at `path` is replaced, not followed.
 */
export async function replaceFile(path: string, content: string, mode = 0o600): Promise<void> {
  const directory = dirname(path);
  const suffix = randomBytes(6).toString('hex');
  const temporaryPath = join(directory, `.${basename(path)}.${suffix}.tmp`);
  const handle = await open(temporaryPath, 'wx', mode);
  try {
    try {
      // Goes on after a short write until all is written; the error of a full disk may come only at the sync.
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporaryPath, path);
  } catch (error) {
    await unlink(temporaryPath).catch(() => {});
    throw error;
  }
  await syncDirectory(directory);
}

/** Makes a directory and those missing above it, which only this user may enter. Existing ones stay as they are. */
export async function makePrivateDirectory(path: string): Promise<void> {
  // Not by `recursive`: below /proc, where nothing can be made, it tries for ever.
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (hasCode(error, 'EEXIST') && (await stat(path)).isDirectory()) return;
    const parent = dirname(path);
    if (!hasCode(error, 'ENOENT') || (await isDirectory(parent))) throw error;
    await makePrivateDirectory(parent);
    await makePrivateDirectory(path);
  }
}

/** Reads `length` bytes from `position`; fewer only where the file ends. */
export async function readBytes(handle: FileHandle, place: BytePlace): Promise<Buffer> {
  return readInto(handle, Buffer.allocUnsafe(place.length), place);
}

/** The same into memory that is there; gives the part of it that was filled. */
export async function readInto(
  handle: FileHandle,
  buffer: Buffer,
  { position, length }: BytePlace,
): Promise<Buffer> {
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** `EROFS: read-only file system`: what the system said, without the call that met it. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/, \w+ '.*$/su, '');
}

type Opening = { flags: number; mode?: number; unsafe: (stat: Stats) => string | null };

async function openPlainFile(path: string, { flags, mode, unsafe }: Opening): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    // Without O_NONBLOCK a pipe without a partner would hold the open for ever.
    handle = await open(path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, mode);
  } catch (error) {
    throw (await unsafeThingAt(path)) ?? error;
  }
  try {
    // What was opened just now is known to the kernel: to ask at once is over sooner than to wait for the answer.
    const found = unsafe(fstatSync(handle.fd));
    if (found !== null) throw new UnsafeFileError(path, found);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Links, sockets and pipes fail to open with codes that differ by system, so the name itself is looked at. */
async function unsafeThingAt(path: string): Promise<UnsafeFileError | null> {
  try {
    const found = unlessPlain(await lstat(path));
    return found === null ? null : new UnsafeFileError(path, found);
  } catch {
    return null;
  }
}

function unlessPlainWithOneName(stat: Stats): string | null {
  const found = unlessPlain(stat);
  if (found !== null || stat.nlink === 1) return found;
  return stat.nlink === 0 ? 'a deleted file' : 'a file with several names (hard links)';
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems can't sync a directory. The rename has happened; there is nothing better to do.
    if (!hasCode(error, 'EINVAL') && !hasCode(error, 'ENOTSUP')) throw error;
  } finally {
    await handle.close();
  }
}
