// Appending to a file that others may write, too.

import type { FileHandle } from 'node:fs/promises';
import { readBytes } from './safe-file.ts';

/** Whether the last line of a file is whole. */
export type FileEnd = 'line end' | 'mid-line';

export async function endOf(file: FileHandle): Promise<FileEnd> {
  const { size } = await file.stat();
  if (size === 0) return 'line end';
  const [last] = await readBytes(file, { position: size - 1, length: 1 });
  return last === 0x0a ? 'line end' : 'mid-line';
}

/** In one write (`appendFile` would split a long text); in more only if the system takes less at once. */
export async function appendWhole(
  file: FileHandle,
  text: string | Buffer,
  onWritten: (written: number) => void = () => {},
): Promise<void> {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done);
    done += bytesWritten;
    onWritten(bytesWritten);
  }
}
