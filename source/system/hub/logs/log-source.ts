// A session.log as it is sent to a hub: which file has that name now, and its bytes. The agent can write it and put something
// else in its place, so it is opened without following links.

import type { FileHandle } from 'node:fs/promises';
import { readGrown, statOf, statOfName } from '../../files/growing-file.ts';
import { behindHole } from '../../files/hole.ts';
import { openLog } from '../../log/open-log.ts';

export type LogSource = {
  /** Null if there is none, or something that is not a plain file. */
  look(): Promise<{ device: number; inode: number; size: number } | null>;
  /** From the file that the last look found; fewer only where it ends. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** Where to go on behind bytes that are the beginning of a hole in that file, and end at a place; null if they are none. */
  behindHole(bytes: Uint8Array, end: number): number | null;
  close(): Promise<void>;
};

export function logSource(path: string): LogSource {
  let held: FileHandle | null = null;

  const letGo = async (): Promise<void> => {
    await held?.close();
    held = null;
  };
  return {
    look: async () => {
      try {
        const named = statOfName(path);
        const own = held === null ? null : statOf(held);
        if (named === null || own === null || named.dev !== own.dev || named.ino !== own.ino) {
          await letGo();
          held = named === null ? null : await openLog(path);
        }
        if (held === null) return null;
        const { dev, ino, size } = statOf(held);
        return { device: dev, inode: ino, size };
      } catch {
        return null;
      }
    },
    read: async (position, length) =>
      held === null
        ? new Uint8Array()
        : readGrown(held, Buffer.allocUnsafe(length), { position, length }),
    behindHole: (bytes, end) =>
      held === null ? null : behindHole(Buffer.from(bytes), end, statOf(held)),
    close: letGo,
  };
}
