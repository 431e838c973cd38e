// Reads the end of a file that is not trusted.

import { openForReading, readBytes } from './safe-file.ts';

/** The last `maxBytes` of a plain file as text. Throws the errors of opening and reading. */
export async function readFileEnd(path: string, maxBytes: number): Promise<string> {
  const handle = await openForReading(path);
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, maxBytes);
    return new TextDecoder().decode(await readBytes(handle, { position: size - length, length }));
  } finally {
    await handle.close();
  }
}
