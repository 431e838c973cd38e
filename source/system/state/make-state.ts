// Makes the directories that state is kept in, private to this user, with a reserve of space for the last records.

import { constants } from 'node:fs';
import { access, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  ForeignDirectoryError,
  ownDirectories,
  type ForeignOwner,
} from '../files/own-directory.ts';
import { isInside } from '../files/inside.ts';
import { makePrivateDirectory, reasonOf } from '../files/safe-file.ts';

/** Space for some records, freed when the disk is full, so that the record can still say so. */
const reserveBytes = 64 * 1024;

/**
 * Creates a task's state directory. The state home may be a link made by the user, nothing below it may be one.
 * The errors it throws say what to do.
 */
export async function makeStateDirectory(
  path: string,
  owner: ForeignOwner = 'refused',
): Promise<readonly string[]> {
  const steps = [basename(dirname(path)), basename(path)];
  return makeState(dirname(dirname(path)), steps, owner);
}

export async function makeState(
  home: string,
  steps: readonly string[],
  owner: ForeignOwner,
): Promise<readonly string[]> {
  try {
    await makePrivateDirectory(dirname(home));
    const real = await realpath(home).catch(() => home);
    const notes = ownDirectories(dirname(real), [basename(real), ...steps], owner);
    await access(join(home, ...steps), constants.W_OK);
    return notes;
  } catch (error) {
    throw new Error(noStateSentence(join(home, ...steps), error), { cause: error });
  }
}

export async function keepReserve(path: string): Promise<void> {
  try {
    await writeFile(path, Buffer.alloc(reserveBytes, 'reserve '), { mode: 0o600, flag: 'wx' });
  } catch {
    // It exists already, or there is no space for it.
  }
}

/** Why the state directory could not be created, and what to do about it. */
export function noStateSentence(path: string, error: unknown): string {
  if (error instanceof ForeignDirectoryError) return error.message;
  return `Cannot keep state in ${path} (${reasonOf(error)}): set XDG_STATE_HOME to a writable directory`;
}

/** A warning if the agent can write the state directory, or if it may be deleted. */
export function stateWarning(home: string, project: string): string | null {
  if (isInside(home, project)) {
    return `The state directory ${home} is inside the project, where the agent can write: set XDG_STATE_HOME to a directory outside.`;
  }
  if (isInside(home, tmpdir())) {
    return `The state directory ${home} is in the temporary directory and may be lost: set XDG_STATE_HOME to a permanent directory.`;
  }
  return null;
}
