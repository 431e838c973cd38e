// Writes a patch to the file that the user has named.

import { open, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { hasCode, isMissing } from '../files/plain-file.ts';

/** Never overwrites a file, and leaves none behind if the patch cannot be read. Returns a sentence that says what was done. */
export async function writePatch(path: string, bytes: AsyncIterable<Buffer>): Promise<string> {
  // No shell has expanded this path.
  const to = resolve(path.replace(/^~(?=\/)/u, homedir()));
  try {
    const file = await open(to, 'wx', 0o600);
    try {
      for await (const piece of bytes) await file.writeFile(piece);
    } catch (error) {
      await rm(to, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return `Written to ${path}; git apply takes it`;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return `File already exists; choose another name: ${path}`;
    if (isMissing(error)) return `No such directory: ${dirname(path)}`;
    throw error;
  }
}
