// The directories that a session may write. No program is looked for there, and none that lies there starts a run: the
// agent could have put it there for a later session, outside of the sandbox.

import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute } from 'node:path';
import { isInside } from '../files/inside.ts';
import { wayTo } from '../files/links-on-the-way.ts';
import type { Environment } from '../state/state-files.ts';

/** Real paths: the project, the temporary directories, and the roots that Codex's configuration names. */
export async function writableDirectories(
  project: string,
  environment: Environment,
  roots: readonly string[] = [],
): Promise<string[]> {
  const temporary = ['/tmp', environment['TMPDIR'] ?? '', tmpdir()];
  return realPaths([project, ...temporary, ...roots]);
}

/**
 * Those of them in which this program must not lie. Not the temporary directories: whoever unpacks it there to try it, or
 * in CI, means that.
 */
export async function refusedHomes(
  project: string,
  roots: readonly string[] = [],
): Promise<string[]> {
  return realPaths([project, ...roots]);
}

async function realPaths(paths: readonly string[]): Promise<string[]> {
  const named = paths.filter((path) => isAbsolute(path));
  return [...new Set(await Promise.all(named.map(realOrNamed)))];
}

/** The first of the directories that a path lies in or leads through, as a link; null if it stays outside. */
export async function directoryAround(
  path: string,
  directories: readonly string[],
): Promise<string | null> {
  const way = [path, ...(await wayTo(path))];
  return directories.find((directory) => way.some((one) => isInside(one, directory))) ?? null;
}

type Program = {
  /** This program: its directory, and the path by which it was called. */
  own: readonly string[];
  node: string;
};

/** Why this program may not start a run, one sentence with the way out; null if it lies outside. */
export async function whyChangeable(
  { own, node }: Program,
  directories: readonly string[],
): Promise<string | null> {
  const because = (directory: string): string =>
    `inside ${directory}, where the agent can write: it could change what runs next, outside of its sandbox`;
  for (const path of own) {
    const around = await directoryAround(path, directories);
    if (around !== null) {
      return `autonomous-tui is installed at ${path}, ${because(around)}. Install it elsewhere: npm install -g autonomous-tui`;
    }
  }
  const around = await directoryAround(node, directories);
  return around === null
    ? null
    : `Node is ${node}, ${because(around)}. Start autonomous-tui with a Node that is installed elsewhere`;
}

/** A directory that does not exist may be made later. */
function realOrNamed(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
