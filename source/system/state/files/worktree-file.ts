// Which worktree a task works in, in its state directory.
//
//   worktree.json
//   prepared.json   {"version":1,"worktree":"<device, inode and birth of the prepared directory>"}

import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { textField } from '../../../core/json/json.ts';
import type { DirectoryIdentity } from '../../../core/run/record.ts';
import {
  readTaskWorktree,
  worktreeJson,
  type TaskWorktree,
} from '../../../core/worktree/task-worktree.ts';
import { readSmallFile, replaceFile } from '../../files/safe-file.ts';
import { stateJsonOf, stateLimit } from '../state-files.ts';

export const worktreeFileName = 'worktree.json';
export const preparedFileName = 'prepared.json';

export type WorktreeFile = {
  /** Null if the task in this directory works in the project itself. */
  readWorktree(directory: DirectoryIdentity | null): Promise<TaskWorktree | null>;
  writeWorktree(worktree: TaskWorktree, directory: DirectoryIdentity): Promise<void>;
  /** Call when the worktree is gone: from then on the task works in the project itself. */
  forgetWorktree(): Promise<void>;
  /** Whether the directory at this path was prepared for work. */
  isPrepared(worktree: string): Promise<boolean>;
  notePrepared(worktree: string): Promise<void>;
};

export function worktreeFile(path: string): WorktreeFile {
  const file = join(path, worktreeFileName);
  const preparedFile = join(path, preparedFileName);
  return {
    readWorktree: async (directory) =>
      readTaskWorktree(stateJsonOf(await readSmallFile(file, stateLimit)), directory),
    writeWorktree: (worktree, directory) =>
      replaceFile(file, JSON.stringify(worktreeJson(worktree, directory)) + '\n'),
    forgetWorktree: () => rm(file, { force: true }),
    isPrepared: async (worktree) => {
      const json = stateJsonOf(await readSmallFile(preparedFile, stateLimit));
      return json !== null && textField(json, 'worktree') === (await identityOf(worktree));
    },
    notePrepared: async (worktree) =>
      replaceFile(
        preparedFile,
        JSON.stringify({ version: 1, worktree: await identityOf(worktree) }) + '\n',
      ),
  };
}

async function identityOf(path: string): Promise<string> {
  const { dev, ino, birthtimeMs } = await lstat(path);
  return [dev, ino, birthtimeMs].join(':');
}
