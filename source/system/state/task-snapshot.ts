// A snapshot of a task, for readers of many tasks: its directory is entered once and its files are read
// synchronously, for the rows `list-*`: waiting for each takes ten times the CPU. A TaskDirectory reads through it.

import { lstatSync, statSync } from 'node:fs';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import {
  enterDirectory,
  NoDirectoryError,
  speakingOf,
  type EnteredDirectory,
} from '../files/entered-directory.ts';
import { isMissing, readSmallFileNow } from '../files/plain-file.ts';
import {
  autonomousDirectory,
  descriptionOf,
  listFileOf,
  maxListBytes,
  maxRecordBytes,
  maxThreadIdBytes,
  threadIdOf,
  unreadableList,
  type ListFile,
} from './task-files.ts';

export type TaskSnapshot = {
  /** True for a link in place of the directory: it is listed, and never followed. */
  isLink(): boolean;
  /** Throws the system's error if it cannot be determined. */
  identity(): DirectoryIdentity | null;
  readList(): ListFile;
  /** Null if there is none, or if it cannot be read. */
  readDescription(): string | null;
  readThreadId(): string | null;
  logChangedAt(): number | null;
};

export function taskSnapshot(project: string, name: string): TaskSnapshot {
  const path = `${autonomousDirectory(project)}/${name}`;
  return readInto(() => enterTask(project, name), path, logChangedAt);
}

/** Where a reader of the log must open it. A link in place of the task's directory is named itself, and so refused. */
export function logPathForReading(project: string, name: string): string {
  const path = `${autonomousDirectory(project)}/${name}`;
  return isLinkAt(path) ? path : `${path}/session.log`;
}

/** Identity of a task's directory; null if there is none. A symbolic link does not count. */
export function directoryIdentity(project: string, name: string): DirectoryIdentity | null {
  return readIdentity(() => enterTask(project, name));
}

export function enterTask(project: string, name: string): EnteredDirectory {
  return enterDirectory(project, ['.autonomous', name]);
}

/** Both files exist from a task's first session on. */
const listLimit = { maxBytes: maxListBytes, isExpected: true };
const threadIdLimit = { maxBytes: maxThreadIdBytes, isExpected: true };

type Enter = () => EnteredDirectory;

/** `path` is how the user knows the directory. */
export function readInto(
  enter: Enter,
  path: string,
  lookAtLog: (at: string) => number | null,
): TaskSnapshot {
  let findings: Findings | null = null;
  const found = (): Findings => (findings ??= readTask(enter, path, lookAtLog));
  return {
    isLink: () => found().isLink,
    readList: () => found().list,
    // Only needed for a name that says nothing.
    readDescription: () => readDescription(enter),
    readThreadId: () => found().threadId,
    logChangedAt: () => found().logChangedAt,
    // Only needed if there is a record.
    identity: () => readIdentity(enter),
  };
}

type Findings = {
  isLink: boolean;
  list: ListFile;
  threadId: string | null;
  logChangedAt: number | null;
};

function readTask(enter: Enter, path: string, lookAtLog: (at: string) => number | null): Findings {
  try {
    return inside(enter, (at) => ({
      isLink: false,
      list: readList(at, path),
      threadId: readThreadId(at),
      logChangedAt: lookAtLog(at),
    }));
  } catch (error) {
    const isLink = error instanceof NoDirectoryError && isLinkAt(path);
    const list: ListFile = isGone(error) ? { kind: 'missing' } : unreadableList(error);
    return { isLink, list, threadId: null, logChangedAt: null };
  }
}

function isLinkAt(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function readList(at: string, path: string): ListFile {
  try {
    return listFileOf(readSmallFileNow(`${at}/task_list.md`, listLimit));
  } catch (error) {
    return unreadableList(speakingOf(path, at, error));
  }
}

function readThreadId(at: string): string | null {
  try {
    return threadIdOf(readSmallFileNow(`${at}/session.id`, threadIdLimit));
  } catch {
    return null;
  }
}

function logChangedAt(at: string): number | null {
  const stat = lstatSync(`${at}/session.log`, { throwIfNoEntry: false });
  return stat?.isFile() === true ? stat.mtimeMs : null;
}

function readDescription(enter: Enter): string | null {
  try {
    return inside(enter, (at) =>
      descriptionOf(readSmallFileNow(`${at}/task.json`, { maxBytes: maxRecordBytes })),
    );
  } catch {
    return null;
  }
}

function readIdentity(enter: Enter): DirectoryIdentity | null {
  try {
    return inside(enter, (at) => {
      const { dev, ino, birthtimeMs } = statSync(at);
      return { device: dev, inode: ino, bornAt: birthtimeMs || null };
    });
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

function inside<Result>(enter: Enter, look: (at: string) => Result): Result {
  const directory = enter();
  try {
    return look(directory.at);
  } finally {
    directory.close();
  }
}

function isGone(error: unknown): boolean {
  return isMissing(error) || error instanceof NoDirectoryError;
}
