// Finds the project: the nearest directory upwards that has `.autonomous/`, but not past the repository's root;
// else the directory itself.

import { lstatSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';

type Project = { path: string } | { problem: string };

/** `named` is the value of `--cd`, used as it is. Returns a real path. */
export function findProject(named: string | null, current: string): Project {
  const start = named === null ? current : resolve(current, named);
  let real: string;
  try {
    real = realpathSync.native(start);
    if (!lstatSync(real).isDirectory()) return { problem: `${start} is not a directory` };
  } catch {
    return { problem: `No such directory: ${start}` };
  }
  return { path: named === null ? nearestWithTasks(real) : real };
}

/** `~/shop` for a path in the user's home. */
export function homeRelative(path: string): string {
  const home = homedir();
  if (path === home) return '~';
  return path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}

function nearestWithTasks(start: string): string {
  for (let path = start; ; path = dirname(path)) {
    if (exists(join(path, '.autonomous'))) return path;
    if (exists(join(path, '.git')) || dirname(path) === path) return start;
  }
}

function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
