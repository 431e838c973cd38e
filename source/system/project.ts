// Where the project is: the nearest directory upwards that has `.autonomous/`, but not past the repository's
// root; else the directory itself.

import { lstatSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';

export type Project = { path: string } | { problem: string };

/** `named` is `--cd`, taken as it is. The answer is a real path. */
export function findProject(named: string | null, current: string): Project {
  const start = named === null ? current : resolve(current, named);
  let real: string;
  try {
    real = realpathSync.native(start);
    if (!lstatSync(real).isDirectory()) return { problem: `${start} is no directory` };
  } catch {
    return { problem: `There is no directory ${start}: name the project with --cd` };
  }
  return { path: named === null ? nearestWithTasks(real) : real };
}

/** `~/shop` for what lies in the person's home. */
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
