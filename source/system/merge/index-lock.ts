// The lock of a user's index, held from before the first file changes until the index fits them: no other git writes
// meanwhile. It carries the merge's marker, so that a merge that was killed is told from another git.

import { link, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../files/plain-file.ts';

type Lock = { gitDir: string; marker: string };

const lockOf = ({ gitDir }: Lock): string => join(gitDir, 'index.lock');
const besideOf = ({ gitDir, marker }: Lock): string => join(gitDir, `index.autonomous-${marker}`);
const textOf = ({ marker }: Lock): string => `A merge by autonomous-tui: ${marker}\n`;

/** False if another git has it. */
export async function lockIndex(lock: Lock): Promise<boolean> {
  const beside = besideOf(lock);
  await rm(beside, { force: true });
  await writeFile(beside, textOf(lock), { mode: 0o600, flag: 'wx' });
  try {
    // Whole from its first moment.
    await link(beside, lockOf(lock));
    return true;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return await isOurs(lock);
  } finally {
    await rm(beside, { force: true });
  }
}

export async function unlockIndex(lock: Lock): Promise<void> {
  await rm(besideOf(lock), { force: true });
  if (await isOurs(lock)) await rm(lockOf(lock), { force: true });
}

/** Replaces the user's index by the file `from`, while the lock is held. */
export async function installIndex(lock: Lock, from: string): Promise<void> {
  const index = join(lock.gitDir, 'index');
  const beside = besideOf(lock);
  const { mode } = await stat(index);
  await rm(beside, { force: true });
  const handle = await open(beside, 'wx', mode & 0o777);
  try {
    await handle.writeFile(await readFile(from));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, index);
}

async function isOurs(lock: Lock): Promise<boolean> {
  const text = await readFile(lockOf(lock), 'latin1').catch(() => '');
  return text === textOf(lock);
}
