// What the machines of a hub share of an account: its usage limit, which session tests whether the limit is over, and the
// permits of the sessions that run. It is changed by compare-and-set.
//
//   {"version":1,"limit":{…},"limitId":"4be1…","knownLimits":["4be1…"],"probe":{…},
//    "permits":[{"id":"…","machine":"machine-b","runner":{"pid":…,…}}]}

import {
  idOfLimit,
  idsOfLimits,
  idWithoutOne,
  readAccountLimit,
  type AccountLimit,
} from '../codex/account-limit.ts';
import {
  numberField,
  objectField,
  objectsField,
  parsedObject,
  textField,
  type JsonObject,
} from '../json/json.ts';
import { readProcessIdentity } from '../run/record-reader.ts';
import type { ProcessIdentity } from '../run/record.ts';
import { safeLine } from '../text/safe-text.ts';
import { isHubId } from './hub-id.ts';
import { isMachineName } from './hub-names.ts';
import { hubRecordVersion } from './task-record.ts';

/** `runner`: the process that holds it, as its own machine knows it. */
export type HubPermit = { id: string; machine: string; runner: ProcessIdentity };

export type AccountRecord = {
  limit: AccountLimit | null;
  /** As in MetLimit; null without a limit. */
  limitId: string | null;
  /** The ids of the limits that it has had, this one included, the newest last: see shared-limit.ts. */
  knownLimits: readonly string[];
  probe: HubPermit | null;
  permits: readonly HubPermit[];
};

export const noAccount: AccountRecord = {
  ...{ limit: null, limitId: null, knownLimits: [] },
  ...{ probe: null, permits: [] },
};

/** More are not written, and not read. */
const maxPermits = 10_000;
const maxKnownLimits = 50;
const maxSaid = 400;

/** Null if it cannot be read: then it must not be replaced either. */
export function readAccountRecord(text: string): AccountRecord | null {
  const fields = parsedObject(text);
  if (fields === null || numberField(fields, 'version') !== hubRecordVersion) return null;
  const found = objectField(fields, 'limit');
  const limit = found === null ? null : readAccountLimit({ ...found, version: 1 });
  const limitId = limit === null ? null : (idOfLimit(fields, 'limitId') ?? idWithoutOne(limit));
  const probe = objectField(fields, 'probe');
  const permits = objectsField(fields, 'permits').slice(0, maxPermits).flatMap(asPermits);
  return {
    limit: limit === null ? null : { ...limit, said: safeLine(limit.said, maxSaid) },
    limitId,
    knownLimits: newestOf([...idsOfLimits(fields, 'knownLimits'), limitId]),
    probe: probe === null ? null : (asPermits(probe)[0] ?? null),
    permits,
  };
}

export function writtenAccountRecord(record: AccountRecord): string {
  return JSON.stringify({ version: hubRecordVersion, ...record });
}

/** With the permit, if there is a place for it or it has one; null if all are taken. */
export function withPermit(
  record: AccountRecord,
  permit: HubPermit,
  atOnce: number,
): AccountRecord | null {
  if (record.permits.some(({ id }) => id === permit.id)) return record;
  if (record.permits.length >= Math.min(atOnce, maxPermits)) return null;
  return { ...record, permits: [...record.permits, permit] };
}

/** With the permit as the one that tests whether the limit is over; null if that is another one. */
export function withProbe(record: AccountRecord, permit: HubPermit): AccountRecord | null {
  if (record.probe === null) return { ...record, probe: permit };
  return record.probe.id === permit.id ? record : null;
}

/** Without those for which `isOver` holds; the same object if there are none. */
export function withoutPermits(
  record: AccountRecord,
  isOver: (permit: HubPermit) => boolean,
): AccountRecord {
  const permits = record.permits.filter((permit) => !isOver(permit));
  const probe = record.probe !== null && isOver(record.probe) ? null : record.probe;
  const isSame = permits.length === record.permits.length && probe === record.probe;
  return isSame ? record : { ...record, permits, probe };
}

/** With another limit, or none. */
export function withLimit(
  record: AccountRecord,
  { limit, id }: { limit: AccountLimit | null; id: string | null },
): AccountRecord {
  return { ...record, limit, limitId: id, knownLimits: newestOf([...record.knownLimits, id]) };
}

/** The last mention of each. */
function newestOf(ids: readonly (string | null)[]): readonly string[] {
  const newestFirst = new Set(ids.filter((id) => id !== null).toReversed());
  return [...newestFirst].slice(0, maxKnownLimits).toReversed();
}

function asPermits(fields: JsonObject): HubPermit[] {
  const id = textField(fields, 'id');
  const machine = textField(fields, 'machine');
  const runner = readProcessIdentity(fields, 'runner');
  if (!isHubId(id) || machine === null || !isMachineName(machine) || runner === null) return [];
  return [{ id, machine, runner }];
}
