// Opens, reads and replaces files in a directory that the agent can write. A name there may be a link to elsewhere,
// a pipe that never answers or a device: opening it must not follow, block or write.
// Only the last part of a path is checked; the caller must trust the directories above it.

import { randomBytes } from 'node:crypto';
import { constants, fstatSync, lstatSync, type Stats } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  hasCode,
  isMissing,
  UnsafeFileError,
  unlessPlain,
  type ByteRange,
  type SmallFile,
} from './plain-file.ts';

/** Opens a plain file for reading. Throws UnsafeFileError for anything else, and the errors of `open`. */
export async function openForReading(path: string): Promise<FileHandle> {
  return openPlainFile(path, { flags: constants.O_RDONLY, unsafe: unlessPlain });
}

/**
 * Opens a plain file for appending; creates it with `mode` if it is missing. A file with a second name (a hard link)
 * is refused too: appended text would also appear under the other name, which may be anywhere.
 */
export async function openForAppending(path: string, mode = 0o600): Promise<FileHandle> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND;
  return openPlainFile(path, { flags, mode, unsafe: unlessPlainWithOneName });
}

/** The same for appending and reading. */
export async function openForReadingAndAppending(path: string): Promise<FileHandle> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND;
  return openPlainFile(path, { flags, mode: 0o600, unsafe: unlessPlainWithOneName });
}

/**
 * The same while somebody else may replace it. Anything else with that name, and a file that may not be written, is
 * renamed first: `session.log.aside-3f9a…`. `held`: what this returned before. It is returned again if it is still the
 * file of that name, else closed.
 */
export async function openForCopying(
  path: string,
  held: FileHandle | null = null,
): Promise<FileHandle> {
  if (held !== null) {
    if (isStillAt(path, held)) return held;
    await held.close();
  }
  try {
    return await openForReadingAndAppending(path);
  } catch (error) {
    const isInTheWay = error instanceof UnsafeFileError || hasCode(error, 'EACCES');
    if (!isInTheWay) throw error;
    await rename(path, `${path}.aside-${randomBytes(4).toString('hex')}`).catch(() => {});
    return openForReadingAndAppending(path);
  }
}

function isStillAt(path: string, { fd }: FileHandle): boolean {
  try {
    const { dev, ino } = fstatSync(fd);
    const stat = lstatSync(path);
    const isSame = stat.dev === dev && stat.ino === ino;
    return isSame && unlessPlainWithOneName(stat) === null && (stat.mode & 0o600) === 0o600;
  } catch {
    return false;
  }
}

/** Reads at most `maxBytes` of a file, whatever size it claims. Null if there is none. */
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
 * Replaces a whole file, or leaves it as it was and throws (ENOSPC, EACCES …). A reader sees the old content or the
 * new one, even after a power cut. A link at `path` is replaced, not followed.
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  mode = 0o600,
): Promise<void> {
  const directory = dirname(path);
  const suffix = randomBytes(6).toString('hex');
  const temporaryPath = join(directory, `.${basename(path)}.${suffix}.tmp`);
  const handle = await open(temporaryPath, 'wx', mode);
  try {
    try {
      // Continues after a short write until all is written; a full disk may be reported only by the sync.
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

/** Creates a directory and its missing parents, private to this user. Existing ones stay as they are. */
export async function makePrivateDirectory(path: string): Promise<void> {
  // Not `recursive`: below /proc, where nothing can be created, it retries forever.
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
export async function readBytes(handle: FileHandle, place: ByteRange): Promise<Buffer> {
  return readInto(handle, Buffer.allocUnsafe(place.length), place);
}

/** The same into `buffer`; returns the filled part. */
export async function readInto(
  handle: FileHandle,
  buffer: Buffer,
  { position, length }: ByteRange,
): Promise<Buffer> {
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** `EROFS: read-only file system`: the system's message, without the call that failed. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/, \w+ '.*$/su, '');
}

type Opening = { flags: number; mode?: number; unsafe: (stat: Stats) => string | null };

async function openPlainFile(path: string, { flags, mode, unsafe }: Opening): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    // Without O_NONBLOCK, opening a pipe that has no other end would block forever.
    handle = await open(path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, mode);
  } catch (error) {
    throw (await unsafeThingAt(path)) ?? error;
  }
  try {
    // Synchronous: the kernel has the stat of an open file in memory, so waiting would take longer.
    const found = unsafe(fstatSync(handle.fd));
    if (found !== null) throw new UnsafeFileError(path, found);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Links, sockets and pipes fail to open with codes that differ by system, so check the name itself. */
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
    // Some file systems cannot sync a directory. The rename is done; nothing better is possible.
    if (!hasCode(error, 'EINVAL') && !hasCode(error, 'ENOTSUP')) throw error;
  } finally {
    await handle.close();
  }
}
