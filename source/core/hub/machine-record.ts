// The heartbeat of a machine, as the hub holds it. That it changes is what counts, and no time in it.
//
//   {"version":1,"machine":"machine-b","instance":"…","boot":"…"}

import { numberField, parsedObject, textField } from '../json/json.ts';
import { hubRecordVersion } from './task-record.ts';
import { isHubId } from './hub-id.ts';
import { isMachineName } from './hub-names.ts';

export type MachineRecord = {
  machine: string;
  /** Of the state home: two machines with one name are told apart by it. */
  instance: string;
  /** Of the machine since it started: after another one, nothing of it lives. */
  boot: string;
};

/** Null if it cannot be read. */
export function readMachineRecord(text: string): MachineRecord | null {
  const fields = parsedObject(text);
  if (fields === null || numberField(fields, 'version') !== hubRecordVersion) return null;
  const machine = textField(fields, 'machine');
  const instance = textField(fields, 'instance');
  const boot = textField(fields, 'boot');
  if (machine === null || !isMachineName(machine)) return null;
  return isHubId(instance) && isHubId(boot) ? { machine, instance, boot } : null;
}

export function writtenMachineRecord(record: MachineRecord): string {
  return JSON.stringify({ version: hubRecordVersion, ...record });
}
