// Removes a directory with all that is in it, and never leaves it: an agent that can write there can put a link in place
// of a directory at any time, so each is entered by its descriptor, and what is no directory is only unlinked.

import { closeSync, constants, openSync } from 'node:fs';
import { lstat, readdir, rmdir, unlink } from 'node:fs/promises';
import { isMissing } from './plain-file.ts';

/** Each level is held open. */
const deepest = 200;
const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/** `at`: an entered directory. Nothing happens if there is no such name in it; a name need not be text. */
export async function removeTree(at: string, name: string | Buffer, depth = 0): Promise<void> {
  const path = Buffer.concat([Buffer.from(`${at}/`), Buffer.from(name)]);
  const found = await lstat(path).catch(unlessMissing);
  if (found === null) return;
  if (!found.isDirectory()) return unlink(path);
  if (depth >= deepest) {
    throw new Error(`${name.toString()} has too many directories in each other: remove it`);
  }
  const held = openSync(path, flags);
  try {
    const inner = process.platform === 'linux' ? `/proc/self/fd/${held}` : path.toString();
    for (const one of await readdir(inner, { encoding: 'buffer' })) {
      await removeTree(inner, one, depth + 1);
    }
  } finally {
    closeSync(held);
  }
  await rmdir(path);
}

function unlessMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}
