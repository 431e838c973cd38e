// Which state home this is, as a hub knows it: two machines that were given one name are told apart by it.
//
//   <state home>/machine/instance    a UUID, made once

import { randomUUID } from 'node:crypto';
import { link, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isHubId } from '../../core/hub/hub-id.ts';
import { readSmallFile } from '../files/safe-file.ts';

const limit = { maxBytes: 1024 };

/** `machine`: the path of the machine's directory, which is there. Throws a sentence if there is none, and none can be made. */
export async function ownInstance(machine: string): Promise<string> {
  const path = join(machine, 'instance');
  if ((await readSmallFile(path, limit)) === null) await make(path);
  const id = (await readSmallFile(path, limit))?.text.trim() ?? null;
  if (!isHubId(id)) throw new Error(`${path} is not an id: remove it, and another is made`);
  return id;
}

/** Whole or not at all, and of two processes that make it at once, one does. */
async function make(path: string): Promise<void> {
  const id = randomUUID();
  const temporary = `${path}.${id}.tmp`;
  await writeFile(temporary, `${id}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}
