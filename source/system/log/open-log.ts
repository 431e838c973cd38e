// Opens a task's log by way of its directories, each entered without following a link: between a look at `.autonomous/x`
// and the opening, an agent can put a link to another directory in its place.

import type { FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { inDirectory } from '../files/entered-directory.ts';
import { openForReading } from '../files/safe-file.ts';

/** Throws as openForReading() does, and NoDirectoryError. Logs in the state directory lie where no agent can write. */
export async function openLog(path: string): Promise<FileHandle> {
  const directory = dirname(path);
  const tasks = dirname(directory);
  if (basename(tasks) !== '.autonomous') return openForReading(path);
  return inDirectory([dirname(tasks), basename(tasks), basename(directory)], (at) =>
    openForReading(`${at}/${basename(path)}`),
  );
}
