// What is kept of a task's checks, in its state directory: the receipts, and the end of what each check printed last.
//
//   checks.json    check-<n>.txt    prepare.txt

import { join } from 'node:path';
import type { CheckHistory } from '../../../core/check/history.ts';
import { checksRecord, readCheckHistory } from '../../../core/check/record.ts';
import type { DirectoryIdentity } from '../../../core/run/record.ts';
import { readSmallFile, replaceFile } from '../../files/safe-file.ts';
import { stateJsonOf } from '../state-files.ts';

export type CheckFiles = {
  /** What is known of the checks of the task in this directory; nothing if the file is not as this version writes it. */
  readChecks(directory: DirectoryIdentity | null): Promise<CheckHistory>;
  writeChecks(history: CheckHistory, directory: DirectoryIdentity): Promise<void>;
  /** Where the end of a check's output is kept, by its place among the task's checks. */
  checkOutputPath(place: number): string;
  /** The same for what prepares a worktree. */
  prepareOutputPath: string;
};

/** Some texts of 4096 characters for each check. */
const limit = { maxBytes: 8 * 1024 * 1024 };

export function checkFiles(path: string): CheckFiles {
  const file = join(path, 'checks.json');
  return {
    readChecks: async (directory) => {
      const found = await readSmallFile(file, limit).catch(() => null);
      return readCheckHistory(stateJsonOf(found), directory);
    },
    writeChecks: (history, directory) =>
      replaceFile(file, JSON.stringify(checksRecord(history, directory)) + '\n'),
    prepareOutputPath: join(path, 'prepare.txt'),
    checkOutputPath: (place) => join(path, `check-${place + 1}.txt`),
  };
}
