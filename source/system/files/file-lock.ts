// A lock on a file in a directory that the agent can write. Not SQLite: opening a database replays a journal planted
// beside it, and older SQLite versions then delete the file that the journal names, wherever it is.
// The kernel holds this lock for the descriptor that is open here; the program `flock` only requests it.

import { spawn } from 'node:child_process';
import { closeSync, constants, existsSync, fstatSync, openSync } from 'node:fs';
import { delay, systemClock } from '../clock.ts';
import { LockError, type Lock } from './lock.ts';

/** Absolute paths, since the PATH may lead into the project. */
const programs = ['/usr/bin/flock', '/bin/flock', '/run/current-system/sw/bin/flock'];

/**
 * Waits up to `patienceMs`; null if another process holds it. A Linux without `flock` (util-linux, BusyBox) has no
 * such lock, and the one in the state directory must do.
 */
export async function takeFileLock(path: string, patienceMs = 2000): Promise<Lock | null> {
  const giveUpAt = systemClock.monotonic() + patienceMs;
  for (;;) {
    const file = openLocked(path);
    if (file !== null && (await isHeldBy(file, path))) return { release: () => closeSync(file) };
    if (systemClock.monotonic() >= giveUpAt) return null;
    await delay(50);
  }
}

/** Locks while opening where the system can; null if another process holds the lock. */
function openLocked(path: string): number | null {
  const lock = process.platform === 'darwin' ? 0x20 : 0; // O_EXLOCK
  const { O_RDWR, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
  let file: number;
  try {
    file = openSync(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | lock, 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') return null;
    if (code === 'ELOOP' || code === 'EISDIR' || code === 'ENXIO') throw noPlainFile(path);
    throw error;
  }
  const stat = fstatSync(file);
  if (stat.isFile() && stat.nlink === 1) return file;
  closeSync(file);
  throw noPlainFile(path);
}

function noPlainFile(path: string): LockError {
  return new LockError(`${path} is not a plain file: remove it and start again`);
}

/** Whether the open file holds the lock now; if not, closes the file. */
async function isHeldBy(file: number, path: string): Promise<boolean> {
  const program = programs.find((candidate) => existsSync(candidate));
  if (process.platform !== 'linux' || program === undefined) return true;
  const exitCode = await lockBy(program, file).catch((error: unknown) => {
    closeSync(file);
    throw error;
  });
  if (exitCode === 0) return true;
  closeSync(file);
  // 1: another process holds it. Anything else: this file system has no locks, or none left.
  if (exitCode === 1) return false;
  throw new LockError(`${path} cannot be locked here (flock exited with ${exitCode})`);
}

/** The program shares the open file, so the lock stays after it exits. */
function lockBy(program: string, file: number): Promise<number | null> {
  const child = spawn(program, ['-x', '-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', file] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}
