// Where the project is: the nearest directory upwards that has `.autonomous/`, but not past the repository's
// root; else the directory itself.

import { lstat, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';

export type Project = { path: string } | { problem: string };

/** `named` is `--cd`, taken as it is. The answer is a real path. */
export async function findProject(named: string | null, current: string): Promise<Project> {
  const start = named === null ? current : resolve(current, named);
  let real: string;
  try {
    real = await realpath(start);
    if (!(await lstat(real)).isDirectory()) return { problem: `${start} is no directory` };
  } catch {
    return { problem: `There is no directory ${start}: name the project with --cd` };
  }
  return { path: named === null ? await nearestWithTasks(real) : real };
}

/** `~/shop` for what lies in the person's home. */
export function homeRelative(path: string): string {
  const home = homedir();
  if (path === home) return '~';
  return path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}

async function nearestWithTasks(start: string): Promise<string> {
  for (let path = start; ; path = dirname(path)) {
    if (await exists(join(path, '.autonomous'))) return path;
    if ((await exists(join(path, '.git'))) || dirname(path) === path) return start;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}
