// A growing file → whole lines, of a file that is held open: whatever becomes of its name, it is read to its end.

import type { FileHandle } from 'node:fs/promises';
import { statOf } from '../files/growing-file.ts';
import { LogCursor } from './cursor.ts';
import { defaultMaxLineBytes } from './line-splitter.ts';
import type { LogTail, TailBatch } from './tail.ts';

const maxBytes = 1024 * 1024;

/** `open` is called until it returns a file. One read at a time. */
export function tailOpened(
  open: () => Promise<FileHandle | null>,
): Pick<LogTail, 'read' | 'close'> {
  let file: { handle: FileHandle; cursor: LogCursor } | null = null;

  async function opened(): Promise<typeof file> {
    if (file !== null) return file;
    const handle = await open();
    return (file = handle && {
      handle,
      cursor: new LogCursor(statOf(handle), defaultMaxLineBytes),
    });
  }

  return {
    read: async (): Promise<TailBatch> => {
      const own = await opened();
      if (own === null) return { lines: [], reset: 'none', atEnd: true };
      const stat = statOf(own.handle);
      const { size, blocks } = stat;
      const progress = await own.cursor.readOn(own.handle, { size, blocks, maxBytes });
      if (progress !== 'changed') return { ...progress, reset: 'none' };
      own.cursor = new LogCursor(stat, defaultMaxLineBytes);
      return { lines: [], reset: 'truncated', atEnd: false };
    },
    close: async () => {
      await file?.handle.close();
      file = null;
    },
  };
}
