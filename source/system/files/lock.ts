// A lock that is gone with its holder: a SQLite file under BEGIN EXCLUSIVE, which the kernel releases however
// the process ends. Pid files, lock directories and stale sockets let two in under kill -9; this let none.
// Only those who want to run open it. It is never read by fs (closing a descriptor would drop the lock)
// and never deleted.

import { lstat, open } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

export type Lock = { release(): void };

/** A lock that can't be had at all: a file system without locks, a file that is not ours. */
export class LockError extends Error {}

const busy = 5; // SQLITE_BUSY

/** Waits up to `patienceMs` (a starter may look at it for a moment), then says null: another one holds it. */
export async function takeLock(path: string, patienceMs = 2000): Promise<Lock | null> {
  await prepare(path);
  // Late, so that a Node that is too old still reaches its one sentence.
  const sqlite = await import('node:sqlite');
  const giveUpAt = performance.now() + patienceMs;
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
          `${path} can't be locked (${messageOf(error)}): remove it when no run is under way`,
        );
      }
    }
    if (performance.now() >= giveUpAt) return null;
    await delay(50);
  }
}

/** Makes the file, 0600, and refuses what an agent may have put in its place. */
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
    throw new LockError(`${path} is no plain file: remove it and start again`);
  }
}

/** SQLite puts details into the higher bits. */
function isBusy(error: unknown): boolean {
  return ((error as { errcode?: number }).errcode ?? 0) % 256 === busy;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
