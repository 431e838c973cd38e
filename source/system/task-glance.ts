// A task as one look finds it: its directory entered once, its files read in one go and without waiting. For those
// who look at many tasks; whoever writes, or waits for what comes, has a TaskDirectory.

import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DirectoryIdentity } from '../core/run-record.ts';
import { enterDirectory, NoDirectoryError, speakingOf } from './entered-directory.ts';
import { isMissing, readSmallFileNow } from './plain-file.ts';
import type { TaskDirectory } from './task-directory.ts';
import {
  autonomousDirectory,
  listFileOf,
  maxListBytes,
  maxThreadIdBytes,
  threadIdOf,
  unreadableList,
  type ListFile,
} from './task-files.ts';

export type TaskGlance = Pick<
  TaskDirectory,
  'identity' | 'readList' | 'readThreadId' | 'logChangedAt'
>;

export function glanceAtTask(project: string, name: string): TaskGlance {
  let findings: Findings | null = null;
  const found = (): Findings => (findings ??= readTask(project, name));
  return {
    readList: () => Promise.resolve(found().list),
    readThreadId: () => Promise.resolve(found().threadId),
    logChangedAt: () => Promise.resolve(found().logChangedAt),
    // Only asked for where there is a record.
    identity: () => Promise.resolve(readIdentity(project, name)),
  };
}

/** Names of the directories under `.autonomous/`, whatever they are called; unsorted. */
export function taskNamesNow(project: string): string[] {
  try {
    return inside([project, '.autonomous'], (at) =>
      readdirSync(at, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name),
    );
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

type Findings = { list: ListFile; threadId: string | null; logChangedAt: number | null };

function readTask(project: string, name: string): Findings {
  const unseen = { threadId: null, logChangedAt: null };
  try {
    return inside([project, '.autonomous', name], (at) => ({
      list: readList(at, join(autonomousDirectory(project), name)),
      threadId: readThreadId(at),
      logChangedAt: logChangedAt(at),
    }));
  } catch (error) {
    return { ...unseen, list: isGone(error) ? { kind: 'missing' } : unreadableList(error) };
  }
}

function readList(at: string, path: string): ListFile {
  try {
    return listFileOf(readSmallFileNow(`${at}/task_list.md`, { maxBytes: maxListBytes }));
  } catch (error) {
    return unreadableList(speakingOf(path, at, error));
  }
}

function readThreadId(at: string): string | null {
  try {
    return threadIdOf(readSmallFileNow(`${at}/session.id`, { maxBytes: maxThreadIdBytes }));
  } catch {
    return null;
  }
}

function logChangedAt(at: string): number | null {
  const stat = lstatSync(`${at}/session.log`, { throwIfNoEntry: false });
  return stat?.isFile() === true ? stat.mtimeMs : null;
}

function readIdentity(project: string, name: string): DirectoryIdentity | null {
  try {
    return inside([project, '.autonomous', name], (at) => {
      const { dev, ino, birthtimeMs } = statSync(at);
      return { device: dev, inode: ino, bornAt: birthtimeMs || null };
    });
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

function inside<Result>(
  [trusted, ...steps]: readonly [string, ...string[]],
  look: (at: string) => Result,
): Result {
  const directory = enterDirectory(trusted, steps);
  try {
    return look(directory.at);
  } finally {
    directory.close();
  }
}

function isGone(error: unknown): boolean {
  return isMissing(error) || error instanceof NoDirectoryError;
}
