// Makes directories that only this user may enter, and sees to it that those others made before are so, too: the
// shell runner left them open to the group. What belongs to somebody else is not ours to mend.

import { closeSync, fchmodSync, fstatSync, mkdirSync } from 'node:fs';
import { shellQuoted } from '../../core/task/task.ts';
import { enterDirectory, openDirectory, speakingOf } from './entered-directory.ts';

/** `--trust-owner`: a directory of another user is taken as it is, by root over a checkout for example. */
export type ForeignOwner = 'refused' | 'trusted';

/** A directory that is not ours, or can't be closed to others. The message says what to type. */
export class ForeignDirectoryError extends Error {
  override readonly name = 'ForeignDirectoryError';
}

/** Makes what is missing below `trusted`, step by step. Returns what had to be mended, a sentence each. */
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
      notes.push(...mend(directory, path, owner));
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

function mend(directory: number, path: string, owner: ForeignOwner): string[] {
  const { uid, mode } = fstatSync(directory);
  const me = process.geteuid?.() ?? uid;
  const before = (mode & 0o777).toString(8).padStart(4, '0');
  if (uid !== me) {
    if (owner === 'trusted') {
      return [`${path} belongs to another user (uid ${uid}) and is taken as it is (${before}).`];
    }
    throw new ForeignDirectoryError(
      `${path} belongs to another user (uid ${uid}). To make it yours: sudo chown -R ${me} ${shellQuoted(path)} - to take it as it is: --trust-owner`,
    );
  }
  if ((mode & 0o077) === 0) return [];
  try {
    fchmodSync(directory, 0o700);
  } catch {
    throw new ForeignDirectoryError(
      `${path} is open to other users (${before}) and can't be closed to them. Try: chmod 700 ${shellQuoted(path)}`,
    );
  }
  return [`${path} was open to other users (${before}) and is closed to them now (0700).`];
}
