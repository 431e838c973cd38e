// `--hub`: the address of a hub, or the file that --serve-hub wrote for this machine.

import { readHubFile } from '../../core/hub/hub-file.ts';
import { readSmallFile, reasonOf } from '../files/safe-file.ts';
import type { HubAddress } from './hub-address.ts';

const limit = { maxBytes: 64 * 1024 };

/** Throws a sentence if it is neither. */
export async function readHubAddress(given: string): Promise<HubAddress> {
  if (/^[a-z]+:\/\//i.test(given)) {
    return { url: given, machine: null, seed: null, certificate: null };
  }
  const found = await readSmallFile(given, limit).catch((error: unknown) => {
    throw new Error(`The hub's file ${given} cannot be read (${reasonOf(error)})`, {
      cause: error,
    });
  });
  if (found === null) {
    throw new Error(
      `There is no file ${given}: give the one that --serve-hub wrote, or nats://HOST:PORT`,
    );
  }
  const file = readHubFile(found.text);
  if (file === null) {
    throw new Error(
      `${given} is not a file for a hub: copy the one that --serve-hub wrote for this machine`,
    );
  }
  const { url, machine, key, certificate } = file;
  return { url, machine, seed: key, certificate };
}
