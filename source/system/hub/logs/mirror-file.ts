// The file of a mirror, `<directory>/session.log`: made anew when it is opened, and then appended to. Where bytes come late
// that belong before others, a new file with all of them takes its place, so a reader sees it replaced.

import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateDirectory, readBytes } from '../../files/safe-file.ts';

/** Bytes, or those that the present file has at a place. */
export type MirrorBytes = Uint8Array | { at: number; length: number };

export type MirrorFile = {
  path: string;
  /** Appends, and answers where the bytes begin. */
  append(bytes: Uint8Array): Promise<number>;
  /** Replaces the file by one with these bytes. */
  replace(bytes: Iterable<MirrorBytes>): Promise<void>;
  close(): Promise<void>;
};

const portionBytes = 256 * 1024;

/** `directory`: made if it is missing; nobody else may write there. */
export async function openMirrorFile(directory: string): Promise<MirrorFile> {
  await makePrivateDirectory(directory);
  const path = join(directory, 'session.log');
  const temporary = join(directory, '.session.log.tmp');
  let file = await begin(temporary);
  let size = 0;
  await rename(temporary, path);

  const written = async (to: FileHandle, bytes: Uint8Array, position: number): Promise<void> => {
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await to.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
  };
  return {
    path,
    append: async (bytes) => {
      // At its place: a write that failed half-way is written over.
      await written(file, bytes, size);
      size += bytes.length;
      return size - bytes.length;
    },
    replace: async (all) => {
      const next = await begin(temporary);
      let length = 0;
      try {
        for (const bytes of all) {
          for await (const portion of portionsOf(bytes, file)) {
            await written(next, portion, length);
            length += portion.length;
          }
        }
        await rename(temporary, path);
      } catch (error) {
        await next.close();
        throw error;
      }
      await file.close();
      [file, size] = [next, length];
    },
    close: () => file.close(),
  };
}

async function begin(path: string): Promise<FileHandle> {
  await rm(path, { force: true });
  return open(path, 'wx+', 0o600);
}

async function* portionsOf(bytes: MirrorBytes, file: FileHandle): AsyncGenerator<Uint8Array> {
  if (bytes instanceof Uint8Array) {
    yield bytes;
    return;
  }
  for (let done = 0; done < bytes.length;) {
    const length = Math.min(portionBytes, bytes.length - done);
    const portion = await readBytes(file, { position: bytes.at + done, length });
    if (portion.length === 0) throw new Error('The mirror of a log was cut by another process');
    yield portion;
    done += portion.length;
  }
}
