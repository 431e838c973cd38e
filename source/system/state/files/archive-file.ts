// The mark of a task that the user has put away, in its state directory; the task's files stay where they are.
//
//   archived.json   {"version":1,"directory":{…},"at":<epoch ms>}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { numberField, objectField } from '../../../core/json/json.ts';
import { readDirectoryIdentity } from '../../../core/run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../../../core/run/record.ts';
import { readSmallFileNow } from '../../files/plain-file.ts';
import { replaceFile } from '../../files/safe-file.ts';
import { stateJsonOf, stateLimit } from '../state-files.ts';

export const archiveFileName = 'archived.json';

export type ArchiveFile = {
  archive(directory: DirectoryIdentity, at: number): Promise<void>;
  /** Also called when a run starts: what is worked on is not put away. */
  unarchive(): Promise<void>;
};

/** `path`: the task's state directory. */
export function archiveFile(path: string): ArchiveFile {
  const file = join(path, archiveFileName);
  return {
    archive: (directory, at) =>
      replaceFile(file, JSON.stringify({ version: 1, directory, at }) + '\n'),
    unarchive: () => rm(file, { force: true }),
  };
}

/** When the task in this directory was archived, epoch ms; null if it is not. Another directory is another task. */
export function archivedAt(path: string, directory: () => DirectoryIdentity | null): number | null {
  try {
    const json = stateJsonOf(readSmallFileNow(`${path}/${archiveFileName}`, stateLimit));
    if (json === null || json['version'] !== 1) return null;
    const own = directory();
    const kept = readDirectoryIdentity(objectField(json, 'directory') ?? {});
    return own !== null && isSameDirectory(kept, own) ? numberField(json, 'at') : null;
  } catch {
    return null;
  }
}
