// `look.json` of a task's state directory: when the user last looked at its changes. The dashboard writes it, never a
// runner.

import { join } from 'node:path';
import { lastLookJson, readLastLook, type LastLook } from '../../core/changes/last-look.ts';
import type { DirectoryIdentity } from '../../core/run/record.ts';
import { makePrivateDirectory, readSmallFile, replaceFile } from '../files/safe-file.ts';
import { stateJsonOf, stateLimit } from '../state/state-files.ts';

const name = 'look.json';

/** Null if the user never looked, or the file cannot be read. */
export async function readLookFile(
  state: string,
  directory: DirectoryIdentity | null,
): Promise<LastLook | null> {
  const file = await readSmallFile(join(state, name), stateLimit).catch(() => null);
  return readLastLook(stateJsonOf(file), directory);
}

export async function writeLookFile(
  state: string,
  look: LastLook,
  directory: DirectoryIdentity,
): Promise<void> {
  await makePrivateDirectory(state);
  await replaceFile(join(state, name), JSON.stringify(lastLookJson(look, directory)) + '\n');
}
