// Which worktree a task works in, in its state directory.
//
//   worktree.json

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import {
  readTaskWorktree,
  worktreeJson,
  type TaskWorktree,
} from '../../core/worktree/task-worktree.ts';
import { readSmallFile, replaceFile } from '../files/safe-file.ts';
import { stateJsonOf, stateLimit } from './state-files.ts';

export const worktreeFileName = 'worktree.json';

export type WorktreeFile = {
  /** Null if the task in this directory works in the project itself. */
  readWorktree(directory: DirectoryIdentity | null): Promise<TaskWorktree | null>;
  writeWorktree(worktree: TaskWorktree, directory: DirectoryIdentity): Promise<void>;
  /** Call when the worktree is gone: from then on the task works in the project itself. */
  forgetWorktree(): Promise<void>;
};

export function worktreeFile(path: string): WorktreeFile {
  const file = join(path, worktreeFileName);
  return {
    readWorktree: async (directory) =>
      readTaskWorktree(stateJsonOf(await readSmallFile(file, stateLimit)), directory),
    writeWorktree: (worktree, directory) =>
      replaceFile(file, JSON.stringify(worktreeJson(worktree, directory)) + '\n'),
    forgetWorktree: () => rm(file, { force: true }),
  };
}
