// The file with which one machine takes part in a hub. It holds the machine's key, so it is for its owner's eyes only.
//
//   {"version":1,"url":"tls://192.168.1.5:4222","machine":"laptop","key":"SU…","certificate":"-----BEGIN …"}

import { numberField, parsedObject, textField } from '../json/json.ts';
import { isHubId } from './hub-id.ts';
import { isMachineName } from './hub-names.ts';

export type HubFile = { url: string; machine: string; key: string; certificate: string | null };

/** Null if it is not one. */
export function readHubFile(text: string): HubFile | null {
  const fields = parsedObject(text);
  if (fields === null || numberField(fields, 'version') !== 1) return null;
  const url = textField(fields, 'url');
  const machine = textField(fields, 'machine');
  const key = textField(fields, 'key');
  if (url === null || machine === null || !isMachineName(machine)) return null;
  if (!isHubId(key) || !key.startsWith('SU')) return null;
  return { url, machine, key, certificate: textField(fields, 'certificate') };
}

export function writtenHubFile(file: HubFile): string {
  return JSON.stringify({ version: 1, ...file }) + '\n';
}
