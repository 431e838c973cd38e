// A directory below a trusted one, entered step by step without following links, and held open. Between checking a
// path and using it, an agent can put a link in its place; a name relative to an open directory always refers to that
// very directory, whatever became of the path.
// Linux has a path for an open descriptor (/proc/self/fd). Elsewhere the steps are checked once, then the path is used.

import { closeSync, constants, lstatSync, openSync } from 'node:fs';
import { join } from 'node:path';

export type EnteredDirectory = {
  /** A path to the directory, valid while it is held open. */
  at: string;
  close(): void;
};

/** Opens one step: `name` is how to reach the directory, `path` is how the user knows it. */
type OpenStep = (name: string, path: string) => number;

/** Throws ENOENT if a step is missing, NoDirectoryError if it is not a directory. */
export function enterDirectory(
  trusted: string,
  steps: readonly string[],
  open: OpenStep = openDirectory,
): EnteredDirectory {
  let held: number | null = null;
  const close = (): void => {
    if (held !== null) closeSync(held);
  };
  let at = trusted;
  let path = trusted;
  try {
    for (const step of steps) {
      path = `${path}/${step}`;
      const next = open(`${at}/${step}`, path);
      close();
      held = next;
      at = process.platform === 'linux' ? `/proc/self/fd/${next}` : path;
    }
  } catch (error) {
    close();
    throw error;
  }
  return { at, close };
}

/** Runs `act` in the directory; errors mention the real path, not the name under /proc. */
export async function inDirectory<Result>(
  [trusted, ...steps]: readonly [string, ...string[]],
  act: (at: string) => Promise<Result>,
): Promise<Result> {
  const directory = enterDirectory(trusted, steps);
  try {
    return await act(directory.at);
  } catch (error) {
    throw speakingOf(join(trusted, ...steps), directory.at, error);
  } finally {
    directory.close();
  }
}

/** Something that is not a plain directory is in its place. The message is one sentence for the user. */
export class NoDirectoryError extends Error {
  override readonly name = 'NoDirectoryError';

  constructor(path: string) {
    super(`${path} is not a plain directory: move it away and try again`);
  }
}

const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

export function openDirectory(name: string, path: string): number {
  try {
    return openSync(name, flags);
  } catch (error) {
    // The error for a link differs by system, so check the name itself.
    const stat = lstatSync(name, { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isDirectory()) throw new NoDirectoryError(path);
    throw speakingOf(path, name, error);
  }
}

/** The error with `path` in its message in place of `name`. */
export function speakingOf(path: string, name: string, error: unknown): unknown {
  if (error instanceof Error) error.message = error.message.replaceAll(name, path);
  return error;
}
