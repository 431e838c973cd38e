// Creates directories that only this user may enter, and closes existing ones to others: the shell runner left them
// open to the group. A directory that belongs to another user is never changed.

import { closeSync, fchmodSync, fstatSync, mkdirSync } from 'node:fs';
import { shellQuoted } from '../../core/task/task.ts';
import { enterDirectory, openDirectory, speakingOf } from './entered-directory.ts';

/** `trusted` (`--trust-owner`): uses another user's directory as it is, for example as root in a checkout. */
export type ForeignOwner = 'refused' | 'trusted';

/** A directory that is not ours, or cannot be closed to others. The message says what to type. */
export class ForeignDirectoryError extends Error {
  override readonly name = 'ForeignDirectoryError';
}

/** Creates what is missing below `trusted`, step by step. Returns what it had to fix, one sentence each. */
export function ownDirectories(
  trusted: string,
  steps: readonly string[],
  owner: ForeignOwner,
): string[] {
  const notes: string[] = [];
  const open = (name: string, path: string): number => {
    make(name, path);
    const directory = openDirectory(name, path);
    try {
      notes.push(...fix(directory, path, owner));
      return directory;
    } catch (error) {
      closeSync(directory);
      throw error;
    }
  };
  enterDirectory(trusted, steps, open).close();
  return notes;
}

function make(name: string, path: string): void {
  try {
    mkdirSync(name, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw speakingOf(path, name, error);
  }
}

function fix(directory: number, path: string, owner: ForeignOwner): string[] {
  const { uid, mode } = fstatSync(directory);
  const me = process.geteuid?.() ?? uid;
  const before = (mode & 0o777).toString(8).padStart(4, '0');
  if (uid !== me) {
    if (owner === 'trusted') {
      return [`${path} belongs to another user (uid ${uid}) and is used as it is (${before}).`];
    }
    throw new ForeignDirectoryError(
      `${path} belongs to another user (uid ${uid}). To make it yours: sudo chown -R ${me} ${shellQuoted(path)} - to use it as it is: --trust-owner`,
    );
  }
  if ((mode & 0o077) === 0) return [];
  try {
    fchmodSync(directory, 0o700);
  } catch {
    throw new ForeignDirectoryError(
      `${path} is open to other users (${before}) and cannot be closed to them. Try: chmod 700 ${shellQuoted(path)}`,
    );
  }
  return [`${path} was open to other users (${before}) and is now private (0700).`];
}
