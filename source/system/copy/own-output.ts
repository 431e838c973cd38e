// The own file of a session, from which session.log is copied.

import type { FileHandle } from 'node:fs/promises';
import { readGrown, statOf } from '../files/growing-file.ts';
import type { OutputFiles } from '../state/files/output-files.ts';

/** What is copied from one place in session.log on: some bytes of ours, then the own file from a byte on. */
export type Stream = { prefix: Buffer; from: number };

export const portionBytes = 256 * 1024;

export type OwnOutput = {
  /** Held open: it can be read to its end even if its name is removed. Null if it was gone before. */
  file(): Promise<FileHandle | null>;
  size(): Promise<number>;
  /** `size`: of the own file, so that what is read belongs to one look at it. */
  readStream(
    stream: Stream,
    range: { position: number; length?: number; size: number },
  ): Promise<Buffer>;
  /** Where the line begins that holds a byte. */
  lineStart(offset: number): Promise<number>;
  close(): Promise<void>;
};

export function ownOutput(
  state: Pick<OutputFiles, 'openOutputForReading'>,
  uuid: string,
): OwnOutput {
  let own: FileHandle | null = null;

  async function file(): Promise<FileHandle | null> {
    return (own ??= await state.openOutputForReading(uuid));
  }

  async function read(position: number, length: number): Promise<Buffer> {
    const handle = await file();
    if (handle === null || length <= 0) return Buffer.alloc(0);
    return readGrown(handle, Buffer.allocUnsafe(length), { position, length });
  }

  return {
    file,
    size: async () => {
      const handle = await file();
      return handle === null ? 0 : statOf(handle).size;
    },
    readStream: async ({ prefix, from }, { position, length = portionBytes, size }) => {
      const head = prefix.subarray(position, position + length);
      const start = from + Math.max(0, position - prefix.length);
      const rest = await read(start, Math.min(length - head.length, size - start));
      return head.length === 0 ? rest : Buffer.concat([head, rest]);
    },
    lineStart: async (offset) => {
      for (let to = offset; to > 0;) {
        const from = Math.max(0, to - portionBytes);
        const newline = (await read(from, to - from)).lastIndexOf(0x0a);
        if (newline !== -1) return from + newline + 1;
        to = from;
      }
      return 0;
    },
    close: async () => {
      await own?.close();
      own = null;
    },
  };
}

export function lengthOf({ prefix, from }: Stream, ownSize: number): number {
  return prefix.length + ownSize - from;
}
