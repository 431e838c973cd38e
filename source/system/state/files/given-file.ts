// That a task was given to a hub to be worked on in its project, in its state directory. Without this file it is a task of this
// machine like any other.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  givenJson,
  isGivenIn,
  readGivenInPlace,
  type GivenInPlace,
} from '../../../core/hub/given-in-place.ts';
import type { DirectoryIdentity } from '../../../core/run/record.ts';
import { readSmallFileNow } from '../../files/plain-file.ts';
import { readSmallFile, replaceFile } from '../../files/safe-file.ts';
import { stateJsonOf } from '../state-files.ts';

/** The description of a task of a hub, however it is escaped, and its checks. */
const limit = { maxBytes: 2 * 1024 * 1024 };
const fileName = 'given.json';

export type GivenFile = {
  /** Null if it was not given. `directory` is asked for only if there is a record. */
  readGiven(directory: () => Promise<DirectoryIdentity | null>): Promise<GivenInPlace | null>;
  writeGiven(given: GivenInPlace, directory: DirectoryIdentity): Promise<void>;
  forgetGiven(): Promise<void>;
};

/** `path`: the task's state directory. */
export function givenFile(path: string): GivenFile {
  const file = join(path, fileName);
  return {
    readGiven: async (directory) => {
      const json = stateJsonOf(await readSmallFile(file, limit));
      const given = readGivenInPlace(json);
      return given !== null && isGivenIn(json, await directory()) ? given : null;
    },
    writeGiven: (given, directory) =>
      replaceFile(file, JSON.stringify(givenJson(given, directory)) + '\n'),
    forgetGiven: () => rm(file, { force: true }),
  };
}

/** Whether the task in this directory was given, also in a way that this program does not know. */
export function isGivenAt(path: string, directory: () => DirectoryIdentity | null): boolean {
  try {
    const json = stateJsonOf(readSmallFileNow(`${path}/${fileName}`, limit));
    return json !== null && isGivenIn(json, directory());
  } catch {
    return false;
  }
}
