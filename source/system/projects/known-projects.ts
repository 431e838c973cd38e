// All projects that have state on this machine.

import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { homeRelative } from '../project.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { recordedProject } from './project-record.ts';

export type KnownProject = {
  /** Its real path. */
  readonly path: string;
  /** The path with `~` for the home directory, safe to print. */
  readonly label: string;
  /** Why its tasks cannot be shown, as a part of a sentence; null if they can be. */
  readonly problem: string | null;
};

export const notThere = 'not there: deleted, moved or not mounted';

/** `own`: the project that the user is in, which comes first, whether it has state or not. By path. */
export function knownProjects(home: string, own: string | null = null): KnownProject[] {
  const recorded = namesIn(home)
    .filter((name) => /^[0-9a-f]{16}$/u.test(name))
    .flatMap((key) => knownAt(home, key) ?? [])
    .filter(({ path }) => path !== own)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return own === null ? recorded : [projectAt(own), ...recorded];
}

/** A project that is gone is shown as long as there is state of a task of it. */
function knownAt(home: string, key: string): KnownProject | null {
  const path = recordedProject(home, key);
  if (path === null) return null;
  const project = projectAt(path);
  const isLeft = project.problem === null || hasRun(`${home}/${key}`);
  return isLeft ? project : null;
}

function projectAt(path: string): KnownProject {
  const label = cleanLine(homeRelative(path), { maxLength: 4096 });
  return { path, label, problem: isThere(path) ? null : notThere };
}

/** A link in its place leads to another project, which has state of its own. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path).isDirectory() && realpathSync.native(path) === path;
  } catch {
    return false;
  }
}

/** The state of a task that was continued elsewhere has moved there. */
function hasRun(directory: string): boolean {
  return namesIn(directory).some(
    (task) =>
      !task.startsWith('.') &&
      lstatSync(`${directory}/${task}/run.json`, { throwIfNoEntry: false }) !== undefined,
  );
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // No task has run yet, or the directory cannot be read.
    return [];
  }
}
