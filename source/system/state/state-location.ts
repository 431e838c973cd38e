// Finds the state of a task that has moved. State is kept under the project's path and the task's name; if the project
// or the task was moved or renamed, its state is still at the old place. It is found by the identity of the task's
// directory, which does not change.

import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isSameDirectory, type DirectoryIdentity } from '../../core/run/record.ts';
import { statePath } from './state-files.ts';
import { stateSnapshot } from './state-snapshot.ts';
import { autonomousDirectory } from './task-files.ts';
import { directoryIdentity } from './task-snapshot.ts';

/** How long a look at the other paths stays valid. */
const believedMs = 10_000;

type Elsewhere = {
  lookedAt: number;
  /** Where all projects keep state, this one included. */
  states: States;
  /** State that this project keeps for tasks that no longer exist. */
  leftBehind: readonly LeftBehind[];
  /** Names of tasks whose state is where it belongs. */
  here: Set<string>;
};

/** All state below a home; one look at it serves all projects. */
type States = {
  home: string;
  lookedAt: number;
  /** By task name: where projects keep state under that name. */
  paths: ReadonlyMap<string, readonly string[]>;
};

type LeftBehind = { path: string; directory: DirectoryIdentity };

/** By home and project: the dashboard of all projects looks at each in turn. */
const known = new Map<string, Elsewhere>();
let knownStates: States | null = null;
/** Every project that was ever looked at. */
const asked = new Set<string>();

/** Whether any other state could belong to this task's directory. */
export function hasStateElsewhere(home: string, project: string, task: string): boolean {
  const { states, leftBehind } = elsewhere(home, project);
  return leftBehind.length > 0 || othersUnder(states, statePath(home, project, task)).length > 0;
}

/** Where the state of an existing task is now: where it belongs, unless only another place matches its directory. */
export function locateState(home: string, project: string, task: string): string {
  const own = statePath(home, project, task);
  const { states, leftBehind, here } = elsewhere(home, project);
  const otherwhere = othersUnder(states, own);
  if ((leftBehind.length === 0 && otherwhere.length === 0) || here.has(task)) return own;
  const directory = directoryIdentity(project, task);
  if (directory === null) return own;
  const renamed = leftBehind.filter((kept) => isSameDirectory(kept.directory, directory));
  const others = [...renamed.map(({ path }) => path), ...otherwhere];
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

/** Where other projects keep state under the name of the task whose own state belongs at `own`. */
function othersUnder({ paths }: States, own: string): readonly string[] {
  const all = paths.get(basename(own)) ?? [];
  return all.includes(own) ? all.filter((path) => path !== own) : all;
}

function elsewhere(home: string, project: string): Elsewhere {
  // Not `performance`: `--list` would load it for this alone.
  const now = process.uptime() * 1000;
  const key = `${home}\n${project}`;
  // A task may have come from a project that is asked about for the first time.
  if (!asked.has(key)) forgetAll();
  asked.add(key);
  const before = known.get(key);
  if (before !== undefined && now - before.lookedAt < believedMs) return before;
  const own = dirname(statePath(home, project, 'any'));
  const leftBehind = namesIn(own)
    .filter((task) => !existsSync(`${autonomousDirectory(project)}/${task}`))
    .map((task) => ({ path: `${own}/${task}`, directory: directoryOf(`${own}/${task}`) }))
    .filter((kept): kept is LeftBehind => kept.directory !== null);
  const states = statesIn(home, now);
  const found = { lookedAt: states.lookedAt, states, leftBehind, here: new Set<string>() };
  known.set(key, found);
  return found;
}

function forgetAll(): void {
  known.clear();
  knownStates = null;
}

function statesIn(home: string, now: number): States {
  if (knownStates?.home === home && now - knownStates.lookedAt < believedMs) return knownStates;
  const paths = new Map<string, string[]>();
  for (const key of namesIn(home)) {
    if (!/^[0-9a-f]{16}$/u.test(key)) continue;
    for (const task of namesIn(`${home}/${key}`)) {
      const path = `${home}/${key}/${task}`;
      const others = paths.get(task);
      if (others === undefined) paths.set(task, [path]);
      else others.push(path);
    }
  }
  knownStates = { home, lookedAt: now, paths };
  return knownStates;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // No task has run yet, or the directory cannot be read.
    return [];
  }
}
