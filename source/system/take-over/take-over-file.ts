// The record of a take-over in a task's state directory, until it is booked.
//
//   take-over.json

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import { readTakeOver, takeOverJson, type TakeOver } from '../../core/take-over/take-over.ts';
import { readSmallFile, replaceFile } from '../files/safe-file.ts';
import { stateJsonOf } from '../state/state-files.ts';

export const takeOverFileName = 'take-over.json';

/** Many files may have changed. */
const limit = { maxBytes: 4 * 1024 * 1024 };

export type TakeOverFile = {
  /** Null if there is none for the task in this directory. */
  readTakeOver(directory: DirectoryIdentity | null): Promise<TakeOver | null>;
  /** Only the holder of the task's locks may call it. */
  writeTakeOver(takeOver: TakeOver, directory: DirectoryIdentity): Promise<void>;
  /** Call when it is booked. */
  forgetTakeOver(): Promise<void>;
};

/** `path`: the task's state directory. */
export function takeOverFile(path: string): TakeOverFile {
  const file = join(path, takeOverFileName);
  return {
    readTakeOver: async (directory) =>
      readTakeOver(stateJsonOf(await readSmallFile(file, limit)), directory),
    writeTakeOver: (takeOver, directory) =>
      replaceFile(file, JSON.stringify(takeOverJson(takeOver, directory)) + '\n'),
    forgetTakeOver: () => rm(file, { force: true }),
  };
}
