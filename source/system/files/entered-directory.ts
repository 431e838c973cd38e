// A directory below one that is trusted, entered step by step without following a link, and held open. Between a
// look at a path and its use an agent can put a link in its place; what is named by way of an open directory
// lies in that very directory, whatever has become of the path.
// Linux has a name for what a process holds open. Elsewhere the steps are looked at once, and the path is used.

import { closeSync, constants, lstatSync, openSync } from 'node:fs';
import { join } from 'node:path';

export type EnteredDirectory = {
  /** Names the directory for as long as it is held. */
  at: string;
  close(): void;
};

/** One step: a directory by the name that reaches it, opened; `path` is what a person calls it. */
export type OpenStep = (name: string, path: string) => number;

/** Throws ENOENT where a step is missing, NoDirectoryError where it is something else. */
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

/** Does something in the directory; what it throws speaks of the path, not of the name that stood for it. */
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

/** What lies there is no directory. The message is one sentence for the person. */
export class NoDirectoryError extends Error {
  override readonly name = 'NoDirectoryError';

  constructor(path: string) {
    super(`${path} is no directory of its own: move it away and try again`);
  }
}

const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

export function openDirectory(name: string, path: string): number {
  try {
    return openSync(name, flags);
  } catch (error) {
    // What a link fails with differs by system, so the name itself is looked at.
    const stat = lstatSync(name, { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isDirectory()) throw new NoDirectoryError(path);
    throw speakingOf(path, name, error);
  }
}

/** An error that names the path where it named what stood for it. */
export function speakingOf(path: string, name: string, error: unknown): unknown {
  if (error instanceof Error) error.message = error.message.replaceAll(name, path);
  return error;
}
