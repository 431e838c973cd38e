// What the hub holds of a task: whose it is, and where its run is. Other machines write it, so it is foreign text: read
// field by field, and what cannot be read decides nothing.
//
//   {"version":1,"task":"…","owner":"machine-b","epoch":3,"nonce":"…","hubStart":"…","written":"…","run":{…},
//    "offer":{…},"continued":"2f0c…"}

import {
  countField,
  field,
  numberField,
  objectField,
  parsedObject,
  textField,
} from '../json/json.ts';
import type { LeaseRecord } from '../lease/lease-record.ts';
import { isInterrupted } from '../run/bounds.ts';
import { readRunRecord } from '../run/record-reader.ts';
import type { RunRecord } from '../run/record.ts';
import { isMachineName } from './hub-names.ts';
import { isHubId } from './hub-id.ts';
import { readTaskOffer, type TaskOffer } from './task-offer.ts';

export type HubTask = {
  lease: LeaseRecord;
  /** Names this text: who does not know what became of a write finds it by this. */
  written: string;
  /** Null until the task has run. */
  run: RunRecord | null;
  /** Null for a task that no other machine can work on. */
  offer: TaskOffer | null;
  /** The run after whose end the user wants the task to go on; void once there is another run. */
  continued: string | null;
};

/** `newer`: of a program that writes another version, which this one must not change. */
export type ReadTask = { kind: 'read'; task: HubTask } | { kind: 'newer' } | { kind: 'unreadable' };

export const hubRecordVersion = 1;

/** Far from where adding one is lost. */
const maxEpoch = 2 ** 48;

export function readHubTask(text: string, key: string): ReadTask {
  const fields = parsedObject(text);
  if (fields === null) return { kind: 'unreadable' };
  const version = numberField(fields, 'version');
  if (version !== null && version > hubRecordVersion) return { kind: 'newer' };
  const epoch = countField(fields, 'epoch');
  const nonce = textField(fields, 'nonce');
  const hubStart = textField(fields, 'hubStart');
  const written = textField(fields, 'written');
  const owner = field(fields, 'owner');
  if (version !== hubRecordVersion || textField(fields, 'task') !== key)
    return { kind: 'unreadable' };
  if (epoch === null || epoch > maxEpoch || !isHubId(nonce)) return { kind: 'unreadable' };
  if (hubStart === null || (hubStart !== '' && !isHubId(hubStart))) return { kind: 'unreadable' };
  if (!isHubId(written) || !isOwner(owner)) return { kind: 'unreadable' };
  const run = objectField(fields, 'run');
  const readRun = run === null ? null : readRunRecord(run);
  // Half of a record would let a step be done again.
  if (run !== null && readRun === null) return { kind: 'unreadable' };
  const lease = { task: key, owner, epoch, nonce, hubStart };
  const offer = readTaskOffer(objectField(fields, 'offer'));
  const continued = textField(fields, 'continued');
  return { kind: 'read', task: { lease, written, run: readRun, offer, continued } };
}

export function writtenHubTask({ lease, written, run, offer, continued }: HubTask): string {
  return JSON.stringify({ version: hubRecordVersion, ...lease, written, run, offer, continued });
}

/** Its run has ended, and not only because its machine did; and the user has not said that it goes on. */
export function isAtRest({ run, continued }: Pick<HubTask, 'run' | 'continued'>): boolean {
  return run !== null && !isInterrupted(run) && continued !== run.run;
}

function isOwner(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && isMachineName(value));
}
