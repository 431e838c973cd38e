// The files of one task, `.autonomous/<name>/`. The agent can write all of them, so they are only claims: opened
// without following links, read up to a limit, and never used as an argument, a path or a command.
// The agent can also replace a directory by a link at any time, so each use enters the directories anew.

import { constants } from 'node:fs';
import { access, lstat, type FileHandle, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DirectoryIdentity, SessionRecord } from '../../core/run/record.ts';
import { isTaskName } from '../../core/task/task.ts';
import { appendWhole, endOf } from '../files/append-whole.ts';
import { inDirectory, NoDirectoryError } from '../files/entered-directory.ts';
import { readFileEnd } from '../files/file-end.ts';
import { takeFileLock } from '../files/file-lock.ts';
import { excludeFromGit } from '../files/git-exclude.ts';
import type { Lock } from '../files/lock.ts';
import { ownDirectories, type ForeignOwner } from '../files/own-directory.ts';
import {
  openForAppending,
  openForCopying,
  openForReadingAndAppending,
  readSmallFile,
  reasonOf,
  replaceFile,
} from '../files/safe-file.ts';
import { isMissing } from '../files/plain-file.ts';
import { later } from './later.ts';
import {
  autonomousDirectory,
  deletedPrefix,
  descriptionOf,
  firstDescriptionOf,
  maxListBytes,
  maxRecordBytes,
  type ListFile,
} from './task-files.ts';
import { directoryIdentity, taskSnapshot } from './task-snapshot.ts';

export type TaskDirectory = {
  path: string;
  /**
   * Creates the directory, closes it to other users and makes Git ignore it. Returns what it had to fix, one sentence
   * each. Throws if something else is in its place, or if it belongs to another user.
   */
  make(owner?: ForeignOwner): Promise<readonly string[]>;
  /** Identity of the directory itself; null if there is none. A symbolic link does not count. */
  identity(): Promise<DirectoryIdentity | null>;
  takeLock(patienceMs?: number): Promise<Lock | null>;
  readList(): Promise<ListFile>;
  /** When task_list.md was written or replaced last, epoch ms by the kernel's clock; null if there is none. */
  listChangedAt(): Promise<number | null>;
  /** Replaces task_list.md in one step. False, and nothing done, if it is not `before` any more. */
  replaceList(text: string, before: string): Promise<boolean>;
  /** `progress.md`, its first part; null if there is none. */
  readNotes(): Promise<string | null>;
  readDescription(): Promise<string | null>;
  /** The one that the task was started with, before the user changed it. */
  readFirstDescription(): Promise<string | null>;
  writeDescription(description: string, created: Date): Promise<void>;
  readThreadId(): Promise<string | null>;
  writeThreadId(threadId: string): Promise<void>;
  logPath: string;
  errorLogPath: string;
  /**
   * Opens session.log to append to it and to read it. What the agent put in its place (a link, a pipe, a file that may not be written) is moved
   * aside: the copy goes on in a new file.
   */
  openLogForCopy(held?: FileHandle | null): Promise<FileHandle>;
  /**
   * Appends lines to session.log, in one write and synced; first a newline if it ends in the middle of a line: a session
   * was killed while it wrote. Returns where it ends then.
   */
  appendToLog(text: string): Promise<number>;
  /** Where session.log ends, and which file it is. */
  logEnd(): Promise<SessionRecord['log']>;
  /** The end of session.log, at most `maxBytes`; empty if there is none. */
  readLogEnd(maxBytes: number): Promise<string>;
  /** When session.log changed last, epoch ms; null if there is none. */
  logChangedAt(): Promise<number | null>;
  openErrorLog(): Promise<FileHandle>;
  readErrorLog(maxBytes: number): Promise<string>;
};

export function taskDirectory(project: string, name: string): TaskDirectory {
  const path = join(autonomousDirectory(project), name);
  const inside = <Result>(act: (at: string) => Promise<Result>): Promise<Result> =>
    inDirectory([project, '.autonomous', name], act);
  return {
    path,
    logPath: join(path, 'session.log'),
    errorLogPath: join(path, 'session.err.log'),
    make: async (owner = 'refused') => {
      // Callers check names that come from users; this is the last check before it becomes a path.
      if (!isTaskName(name)) throw new Error(`${JSON.stringify(name)} is not a valid task name`);
      const notes = await makeWritable(path, async () => {
        const mended = ownDirectories(project, ['.autonomous', name], owner);
        await inside((at) => access(at, constants.W_OK));
        return mended;
      });
      const excluded = await excludeFromGit(project);
      return excluded === null ? notes : [...notes, excluded];
    },
    identity: () => later(() => directoryIdentity(project, name)),
    takeLock: (patienceMs) => inside((at) => takeFileLock(`${at}/.lock`, patienceMs)),
    readList: () => later(() => taskSnapshot(project, name).readList()),
    listChangedAt: () => inside((at) => changedAt(`${at}/task_list.md`)).catch(() => null),
    replaceList: (text, before) =>
      inside((at) => replaceIfStill(`${at}/task_list.md`, { text, before })),
    readNotes: () => inside((at) => readNotes(`${at}/progress.md`)).catch(() => null),
    readDescription: () => inside((at) => readDescription(`${at}/task.json`)).catch(() => null),
    readFirstDescription: () =>
      inside((at) => readDescription(`${at}/task.json`, firstDescriptionOf)).catch(() => null),
    writeDescription: (description, created) =>
      inside((at) =>
        replaceFile(
          `${at}/task.json`,
          JSON.stringify({ version: 1, description, created: created.toISOString() }) + '\n',
        ),
      ),
    readThreadId: () => later(() => taskSnapshot(project, name).readThreadId()),
    writeThreadId: (threadId) => inside((at) => replaceFile(`${at}/session.id`, threadId + '\n')),
    openLogForCopy: (held) => inside((at) => openForCopying(`${at}/session.log`, held)),
    appendToLog: (text) => inside((at) => appendLines(`${at}/session.log`, text)),
    logEnd: () => inside((at) => endOfLog(`${at}/session.log`)),
    readLogEnd: (maxBytes) =>
      inside((at) => readFileEnd(`${at}/session.log`, maxBytes)).catch(() => ''),
    logChangedAt: () => later(() => taskSnapshot(project, name).logChangedAt()),
    openErrorLog: () => inside((at) => openForAppending(`${at}/session.err.log`)),
    readErrorLog: (maxBytes) =>
      inside((at) => readFileEnd(`${at}/session.err.log`, maxBytes)).catch(() => ''),
  };
}

/** Adds to a system error what to do about it; our own errors already say that. */
async function makeWritable<Result>(path: string, make: () => Promise<Result>): Promise<Result> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new Error(
      `${path} cannot be written (${reasonOf(error)}): make it writable, or choose another project with --cd`,
      { cause: error },
    );
  }
}

/** Names of all directories and links under `.autonomous/`, valid or not; unsorted. A link is never followed. */
export function taskNames(project: string): Promise<string[]> {
  return unlessGone([], () =>
    inDirectory([project, '.autonomous'], async (at) => {
      const entries = await readdir(at, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
        .map((entry) => entry.name)
        .filter((name) => !name.startsWith(deletedPrefix));
    }),
  );
}

/** Returns `otherwise` if there is no such directory; a link to one does not count. */
async function unlessGone<Result>(otherwise: Result, look: () => Promise<Result>): Promise<Result> {
  try {
    return await look();
  } catch (error) {
    if (isMissing(error) || error instanceof NoDirectoryError) return otherwise;
    throw error;
  }
}

async function changedAt(path: string): Promise<number | null> {
  return lstat(path).then(
    ({ ctimeMs }) => ctimeMs,
    () => null,
  );
}

/** A list that is missing counts as empty. Its mode stays: the user may have opened it to others. */
async function replaceIfStill(
  path: string,
  { text, before }: { text: string; before: string },
): Promise<boolean> {
  const file = await readSmallFile(path, { maxBytes: maxListBytes });
  if ((file?.text ?? '') !== before) return false;
  await replaceFile(path, text, file === null ? 0o600 : file.stat.mode & 0o777);
  return true;
}

async function readNotes(path: string): Promise<string | null> {
  return (await readSmallFile(path, { maxBytes: maxListBytes }))?.text ?? null;
}

async function readDescription(path: string, of = descriptionOf): Promise<string | null> {
  return of(await readSmallFile(path, { maxBytes: maxRecordBytes }));
}

async function appendLines(path: string, text: string): Promise<number> {
  const log = await openForReadingAndAppending(path);
  try {
    const newline = (await endOf(log)) === 'mid-line' ? '\n' : '';
    await appendWhole(log, newline + text);
    if (text !== '') await log.sync();
    return (await log.stat()).size;
  } finally {
    await log.close();
  }
}

async function endOfLog(path: string): Promise<SessionRecord['log']> {
  const log = await openForAppending(path);
  try {
    const { size, dev, ino } = await log.stat();
    return { offset: size, device: dev, inode: ino };
  } finally {
    await log.close();
  }
}
