// The files with which machines take part in the hub of this machine, one for each, in the hub's directory. A machine may
// enter while its file is there: who removes it, and runs --serve-hub again, withdraws its key.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readHubFile, writtenHubFile, type HubFile } from '../../../core/hub/hub-file.ts';
import { isMachineName } from '../../../core/hub/hub-names.ts';
import type { HubUser } from '../../../core/hub/serve/rights.ts';
import { readSmallFile, replaceFile } from '../../files/safe-file.ts';
import { loadNats } from '../nats.ts';

export type MachineFile = HubFile & { path: string; isNew: boolean };

type Wanted = { machine: string; url: string; certificate: string | null };

const ending = '.hub';

/** The names of the machines that have a file, sorted. */
export async function knownMachines(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .filter(isMachineName)
    .sort();
}

/** The machine's file, made if there is none, with the hub's present address. Throws a sentence. */
export async function machineFile(
  directory: string,
  { machine, url, certificate }: Wanted,
): Promise<MachineFile> {
  const path = join(directory, `${machine}${ending}`);
  const found = await readSmallFile(path, { maxBytes: 64 * 1024 });
  const kept = found === null ? null : readHubFile(found.text);
  if (found !== null && kept?.machine !== machine) {
    throw new Error(
      `${path} is not a file of this hub: move it away, and --serve-hub writes another`,
    );
  }
  const file = { url, machine, key: kept?.key ?? (await newKey()), certificate };
  const text = writtenHubFile(file);
  if (text !== found?.text) await replaceFile(path, text);
  return { ...file, path, isNew: kept === null };
}

export async function userOf({ machine, key }: HubFile, isHost: boolean): Promise<HubUser> {
  const { nkeys } = await loadNats();
  const publicKey = nkeys.fromSeed(new TextEncoder().encode(key)).getPublicKey();
  return { machine, publicKey, isHost };
}

async function newKey(): Promise<string> {
  const { nkeys } = await loadNats();
  return new TextDecoder().decode(nkeys.createUser().getSeed());
}
