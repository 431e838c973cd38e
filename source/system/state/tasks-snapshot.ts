// Snapshots of all tasks of a project.

import { readdirSync } from 'node:fs';
import {
  enterDirectory,
  NoDirectoryError,
  type EnteredDirectory,
} from '../files/entered-directory.ts';
import { isMissing } from '../files/plain-file.ts';
import { autonomousDirectory, deletedPrefix } from './task-files.ts';
import { enterTask, readInto, taskSnapshot, type TaskSnapshot } from './task-snapshot.ts';

/** Snapshots of many tasks: `.autonomous/` is entered once and held open until `close`. */
type TasksSnapshot = {
  /** `.autonomous/` is a link or a file, one sentence; null if it is a directory or missing. */
  problem: string | null;
  /** Names of all directories in it and of all links, valid or not; unsorted. */
  names(): string[];
  /** Without logChangedAt (always null), which `--list` does not show. */
  task(name: string): TaskSnapshot;
  close(): void;
};

export function tasksSnapshot(project: string): TasksSnapshot {
  const root = enteredUnlessGone(project);
  if (root === null || typeof root === 'string') {
    return {
      problem: root,
      names: () => [],
      task: (name) => taskSnapshot(project, name),
      close: () => {},
    };
  }
  const path = autonomousDirectory(project);
  const links = new Set<string>();
  return {
    problem: null,
    names: () => namesIn(root.at, links),
    // Not join(): it spends time normalising a name that needs none.
    task: (name) =>
      readInto(
        () => (links.has(name) ? enterTask(project, name) : unentered(`${root.at}/${name}`)),
        `${path}/${name}`,
        () => null,
      ),
    close: root.close,
  };
}

/**
 * Names of all directories and links under `.autonomous/`, valid or not; unsorted. Throws if `.autonomous/` itself is a
 * link or a file: no tasks would be a lie.
 */
export function taskNamesNow(project: string): string[] {
  const snapshot = tasksSnapshot(project);
  try {
    if (snapshot.problem !== null) throw new Error(snapshot.problem);
    return snapshot.names();
  } finally {
    snapshot.close();
  }
}

/**
 * Not entered step by step: names() has already told links apart, and only plain files of known names are read. If a
 * link replaces the directory meanwhile, `--list` counts the steps of another checklist, once.
 */
function unentered(at: string): EnteredDirectory {
  return { at, close: () => {} };
}

/** Null if it is missing; a sentence if something else is in its place. */
function enteredUnlessGone(project: string): EnteredDirectory | string | null {
  try {
    return enterDirectory(project, ['.autonomous']);
  } catch (error) {
    if (error instanceof NoDirectoryError) return error.message;
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Adds to `links` the names that are links. */
function namesIn(at: string, links: Set<string>): string[] {
  const names: string[] = [];
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    const isLink = entry.isSymbolicLink();
    if (isLink) links.add(entry.name);
    const isTask = isLink || entry.isDirectory();
    if (isTask && !entry.name.startsWith(deletedPrefix)) names.push(entry.name);
  }
  return names;
}
