// hub.json: the hub that this machine serves, and the process that it is.
//
//   {"version":1,"host":"0.0.0.0","port":4222,"machine":"laptop","process":{"pid":…,"startTime":"…","bootId":"…"}}

import { numberField, parsedObject, textField } from '../../../core/json/json.ts';
import { isMachineName } from '../../../core/hub/hub-names.ts';
import type { ListenAddress } from '../../../core/hub/serve/listen-address.ts';
import { readProcessIdentity } from '../../../core/run/record-reader.ts';
import type { ProcessIdentity } from '../../../core/run/record.ts';
import { readSmallFile, replaceFile } from '../../files/safe-file.ts';

export type ServedHub = {
  listen: ListenAddress;
  /** This machine's name in it. */
  machine: string;
  process: ProcessIdentity;
};

/** Null if none was served, or it cannot be read. */
export async function readServedHub(path: string): Promise<ServedHub | null> {
  const file = await readSmallFile(path, { maxBytes: 16 * 1024 });
  const fields = file === null ? null : parsedObject(file.text);
  if (fields === null || numberField(fields, 'version') !== 1) return null;
  const host = textField(fields, 'host');
  const port = numberField(fields, 'port');
  const machine = textField(fields, 'machine');
  const process = readProcessIdentity(fields, 'process');
  if (host === null || port === null || machine === null || process === null) return null;
  return isMachineName(machine) ? { listen: { host, port }, machine, process } : null;
}

export async function writeServedHub(path: string, served: ServedHub): Promise<void> {
  const { listen, machine, process } = served;
  await replaceFile(path, JSON.stringify({ version: 1, ...listen, machine, process }) + '\n');
}
