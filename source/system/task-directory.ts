// The files of one task, `.autonomous/<name>/`. The agent can write all of them, so they are claims: opened
// without following links, read up to a limit, and never taken for an argument, a path or a command.

import { constants, type Stats } from 'node:fs';
import { access, type FileHandle, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parsedObject, textField } from '../core/json.ts';
import { said } from '../core/said.ts';
import { isTaskName, isThreadId } from '../core/task.ts';
import { takeLock, type Lock } from './lock.ts';
import {
  isMissing,
  makePrivateDirectory,
  openForAppending,
  openForReading,
  readSmallFile,
  replaceFile,
} from './safe-file.ts';

/** A checklist longer than this is refused: a person could not read it either. */
export const maxListBytes = 1024 * 1024;
const maxRecordBytes = 8 * 1024 * 1024;

export type ListFile =
  { kind: 'missing' } | { kind: 'unreadable'; sentence: string } | { kind: 'text'; text: string };

export type TaskDirectory = {
  path: string;
  /** Makes the directory, 0700. Throws where something else lies in its place. */
  make(): Promise<void>;
  /** Device and inode of the directory itself, null when there is none. A symbolic link is none. */
  identity(): Promise<{ device: number; inode: number } | null>;
  takeLock(patienceMs?: number): Promise<Lock | null>;
  readList(): Promise<ListFile>;
  readDescription(): Promise<string | null>;
  writeDescription(description: string, created: Date): Promise<void>;
  readThreadId(): Promise<string | null>;
  writeThreadId(threadId: string): Promise<void>;
  logPath: string;
  errorLogPath: string;
  openLog(): Promise<FileHandle>;
  /** True when session.log's last byte is no newline: a session was killed while it wrote. */
  logEndsMidLine(): Promise<boolean>;
  /** The last part of session.log, at most so many bytes; empty when there is none. */
  readLogEnd(maxBytes: number): Promise<string>;
  /** When session.log changed last, epoch ms; null when there is none. */
  logChangedAt(): Promise<number | null>;
  openErrorLog(): Promise<FileHandle>;
  readErrorLog(maxBytes: number): Promise<string>;
};

export function autonomousDirectory(project: string): string {
  return join(project, '.autonomous');
}

export function taskDirectory(project: string, name: string): TaskDirectory {
  const parent = autonomousDirectory(project);
  const path = join(parent, name);
  const file = (fileName: string): string => join(path, fileName);
  return {
    path,
    logPath: file('session.log'),
    errorLogPath: file('session.err.log'),
    make: async () => {
      // A name is checked by whoever got it from a person; here it is the last gate before a path.
      if (!isTaskName(name)) throw new Error(`${JSON.stringify(name)} is no task name`);
      await makeRealDirectory(parent);
      await makeRealDirectory(path);
    },
    identity: async () => {
      const stat = (await isRealDirectory(parent)) ? await lstatOrNull(path) : null;
      return stat?.isDirectory() === true ? { device: stat.dev, inode: stat.ino } : null;
    },
    takeLock: (patienceMs) => takeLock(file('.lock'), patienceMs),
    readList: () => readList(file('task_list.md')),
    readDescription: () => readDescription(file('task.json')),
    writeDescription: (description, created) =>
      replaceFile(
        file('task.json'),
        JSON.stringify({ version: 1, description, created: created.toISOString() }) + '\n',
      ),
    readThreadId: async () => {
      const found = await readSmallFile(file('session.id'), { maxBytes: 200 }).catch(() => null);
      const text = found?.text.trim() ?? '';
      return isThreadId(text) ? text : null;
    },
    writeThreadId: (threadId) => replaceFile(file('session.id'), threadId + '\n'),
    openLog: () => openForAppending(file('session.log')),
    logEndsMidLine: async () => !/^(?:|\n)$/u.test(await readEnd(file('session.log'), 1)),
    readLogEnd: (maxBytes) => readEnd(file('session.log'), maxBytes),
    logChangedAt: async () => {
      const stat = await lstatOrNull(file('session.log')).catch(() => null);
      return stat?.isFile() === true ? stat.mtimeMs : null;
    },
    openErrorLog: () => openForAppending(file('session.err.log')),
    readErrorLog: (maxBytes) => readEnd(file('session.err.log'), maxBytes),
  };
}

/** Names of the directories under `.autonomous/`, whatever they are called; unsorted. */
export async function taskNames(project: string): Promise<string[]> {
  const parent = autonomousDirectory(project);
  try {
    if (!(await isRealDirectory(parent))) return [];
    const entries = await readdir(parent, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function makeRealDirectory(path: string): Promise<void> {
  await makePrivateDirectory(path);
  if (!(await isRealDirectory(path))) {
    throw new Error(`${path} is no directory of its own: move it away and try again`);
  }
  await access(path, constants.W_OK);
}

async function isRealDirectory(path: string): Promise<boolean> {
  return (await lstatOrNull(path))?.isDirectory() === true;
}

async function lstatOrNull(path: string): Promise<Stats | null> {
  try {
    return await lstat(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function readList(path: string): Promise<ListFile> {
  try {
    const file = await readSmallFile(path, { maxBytes: maxListBytes });
    if (file === null) return { kind: 'missing' };
    if (file.truncated) {
      return { kind: 'unreadable', sentence: 'task_list.md is longer than 1 MiB: shorten it' };
    }
    return { kind: 'text', text: file.text };
  } catch (error) {
    return { kind: 'unreadable', sentence: `task_list.md can't be read: ${said(error)}` };
  }
}

async function readDescription(path: string): Promise<string | null> {
  const file = await readSmallFile(path, { maxBytes: maxRecordBytes }).catch(() => null);
  const fields = file === null ? null : parsedObject(file.text);
  return fields === null ? null : textField(fields, 'description');
}

async function readEnd(path: string, maxBytes: number): Promise<string> {
  let handle: FileHandle;
  try {
    handle = await openForReading(path);
  } catch {
    return '';
  }
  try {
    const { size } = await handle.stat();
    const length = Math.min(size, maxBytes);
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, size - length);
    return new TextDecoder().decode(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}
