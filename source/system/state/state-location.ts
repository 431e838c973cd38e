// State is kept under its project's path and its task's name. Where a project was moved, a task into another project,
// or a task was renamed, it still lies where it lay: it is found by the task's directory, which is the same one as ever.

import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isSameDirectory, type DirectoryIdentity } from '../../core/run/record.ts';
import { statePath } from './state-files.ts';
import { glanceAtState } from './state-snapshot.ts';
import { autonomousDirectory } from './task-files.ts';
import { directoryIdentity } from './task-snapshot.ts';

/** How long it is taken for true that no other path has state of a directory. */
const believedMs = 10_000;

type Elsewhere = {
  home: string;
  project: string;
  lookedAt: number;
  /** Of tasks, by name: where other projects keep the state of such a one. */
  paths: ReadonlyMap<string, readonly string[]>;
  /** What this project keeps of tasks that are not there any more. */
  leftBehind: readonly Kept[];
  /** Names of tasks whose state lies where it belongs. */
  here: Set<string>;
};

type Kept = { path: string; directory: DirectoryIdentity };

let known: Elsewhere | null = null;

/** Whether there is any state but its own that could be of this task's directory. */
export function hasStateElsewhere(home: string, project: string, task: string): boolean {
  const { paths, leftBehind } = elsewhere(home, project);
  return leftBehind.length > 0 || paths.has(task);
}

/** Where the state of a task lies that is there now: where it belongs, unless only another one is of its directory. */
export function keptStatePath(home: string, project: string, task: string): string {
  const own = statePath(home, project, task);
  const { paths, leftBehind, here } = elsewhere(home, project);
  if ((leftBehind.length === 0 && !paths.has(task)) || here.has(task)) return own;
  const directory = directoryIdentity(project, task);
  if (directory === null) return own;
  const renamed = leftBehind.filter((kept) => isSameDirectory(kept.directory, directory));
  const others = [...renamed.map(({ path }) => path), ...(paths.get(task) ?? [])];
  // What is found elsewhere is not remembered: whoever continues the task brings it here.
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

/** Of the task whose state lies there; null where nothing tells. */
function directoryOf(path: string): DirectoryIdentity | null {
  try {
    return glanceAtState(path).readRecord()?.directory ?? null;
  } catch {
    return null;
  }
}

function elsewhere(home: string, project: string): Elsewhere {
  // Not by `performance`, which a list would load for this alone.
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
    .filter((kept): kept is Kept => kept.directory !== null);
  known = { home, project, lookedAt: now, paths, leftBehind, here: new Set() };
  return known;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // Nobody ever ran anything, or it can't be read.
    return [];
  }
}
