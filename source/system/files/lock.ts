// A lock that ends with its holder: a SQLite file under BEGIN EXCLUSIVE, which the kernel releases however the
// process ends. Pid files, lock directories and stale sockets let two holders in under kill -9; this one never did.
// Only a process that wants to run opens it. Never read it through fs (closing a descriptor drops the lock), and
// never delete it.

import { lstat, open } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { delay, systemClock } from '../clock.ts';

export type Lock = { release(): void };

/** The lock cannot be taken at all: the file system has no locks, or the file is not ours. */
export class LockError extends Error {}

const busy = 5; // SQLITE_BUSY

/** Waits up to `patienceMs`, since a starter may probe it for a moment; null if another process holds it. */
export async function takeLock(path: string, patienceMs = 2000): Promise<Lock | null> {
  await prepare(path);
  // Imported late, so that a Node that is too old still gets to print its error sentence.
  const sqlite = await import('node:sqlite');
  const giveUpAt = systemClock.monotonic() + patienceMs;
  for (;;) {
    let database: DatabaseSync | undefined;
    try {
      database = new sqlite.DatabaseSync(path, { timeout: 0 });
      database.exec('BEGIN EXCLUSIVE');
      const held = database;
      return { release: () => held.close() };
    } catch (error) {
      database?.close();
      if (!isBusy(error)) {
        throw new LockError(
          `${path} cannot be locked (${messageOf(error)}): remove it while no task is running`,
        );
      }
    }
    if (systemClock.monotonic() >= giveUpAt) return null;
    await delay(50);
  }
}

/** Creates the file, 0600, and refuses anything else that an agent may have put in its place. */
async function prepare(path: string): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.close();
    return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = await lstat(path);
  if (!found.isFile() || found.nlink !== 1) {
    throw new LockError(`${path} is not a plain file: remove it and start again`);
  }
}

/** SQLite puts details into the higher bits of the code. */
function isBusy(error: unknown): boolean {
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === busy;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
