// Finds the state of a task that has moved. State is kept under the project's path and the task's name; if the project
// or the task was moved or renamed, its state is still at the old place. It is found by the identity of the task's
// directory, which does not change.

import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isSameDirectory, type DirectoryIdentity } from '../../core/run/record.ts';
import { statePath } from './state-files.ts';
import { stateSnapshot } from './state-snapshot.ts';
import { autonomousDirectory } from './task-files.ts';
import { directoryIdentity } from './task-snapshot.ts';

/** How long a look at the other paths stays valid. */
const believedMs = 10_000;

type Elsewhere = {
  home: string;
  project: string;
  lookedAt: number;
  /** By task name: where other projects keep state under that name. */
  paths: ReadonlyMap<string, readonly string[]>;
  /** State that this project keeps for tasks that no longer exist. */
  leftBehind: readonly LeftBehind[];
  /** Names of tasks whose state is where it belongs. */
  here: Set<string>;
};

type LeftBehind = { path: string; directory: DirectoryIdentity };

let known: Elsewhere | null = null;

/** Whether any other state could belong to this task's directory. */
export function hasStateElsewhere(home: string, project: string, task: string): boolean {
  const { paths, leftBehind } = elsewhere(home, project);
  return leftBehind.length > 0 || paths.has(task);
}

/** Where the state of an existing task is now: where it belongs, unless only another place matches its directory. */
export function locateState(home: string, project: string, task: string): string {
  const own = statePath(home, project, task);
  const { paths, leftBehind, here } = elsewhere(home, project);
  if ((leftBehind.length === 0 && !paths.has(task)) || here.has(task)) return own;
  const directory = directoryIdentity(project, task);
  if (directory === null) return own;
  const renamed = leftBehind.filter((kept) => isSameDirectory(kept.directory, directory));
  const others = [...renamed.map(({ path }) => path), ...(paths.get(task) ?? [])];
  // A result elsewhere is not remembered: continuing the task moves the state here.
  const other = isStateOf(own, directory)
    ? undefined
    : others.find((path) => isStateOf(path, directory));
  if (other !== undefined) return other;
  here.add(task);
  return own;
}

function isStateOf(path: string, directory: DirectoryIdentity): boolean {
  const found = directoryOf(path);
  return found !== null && isSameDirectory(found, directory);
}

/** The directory whose state is kept at `path`; null if unknown. */
function directoryOf(path: string): DirectoryIdentity | null {
  try {
    return stateSnapshot(path).readRecord()?.directory ?? null;
  } catch {
    return null;
  }
}

function elsewhere(home: string, project: string): Elsewhere {
  // Not `performance`: `--list` would load it for this alone.
  const now = process.uptime() * 1000;
  const isKnown = known?.home === home && known.project === project;
  if (isKnown && now - known!.lookedAt < believedMs) return known!;
  const own = dirname(statePath(home, project, 'any'));
  const paths = new Map<string, string[]>();
  for (const key of namesIn(home)) {
    const projectPath = `${home}/${key}`;
    if (!/^[0-9a-f]{16}$/u.test(key) || projectPath === own) continue;
    for (const task of namesIn(projectPath)) {
      const path = `${projectPath}/${task}`;
      const others = paths.get(task);
      if (others === undefined) paths.set(task, [path]);
      else others.push(path);
    }
  }
  const leftBehind = namesIn(own)
    .filter((task) => !existsSync(`${autonomousDirectory(project)}/${task}`))
    .map((task) => ({ path: `${own}/${task}`, directory: directoryOf(`${own}/${task}`) }))
    .filter((kept): kept is LeftBehind => kept.directory !== null);
  known = { home, project, lookedAt: now, paths, leftBehind, here: new Set() };
  return known;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // No task has run yet, or the directory cannot be read.
    return [];
  }
}
