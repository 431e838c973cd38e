// A control request to the owner of a task, wherever that is. The last one wins, as in wish.json.
//
//   {"version":1,"run":"2f0c…","want":"pause now","seq":0,"id":"b21d…"}

import { numberField, parsedObject } from '../json/json.ts';
import { readControlRequest, type ControlRequest } from '../run/control-request.ts';
import { isHubId } from './hub-id.ts';
import { hubRecordVersion } from './task-record.ts';

export type HubRequest = Pick<ControlRequest, 'run' | 'want'> & { id: string };

/** Null if it cannot be read. */
export function readHubRequest(text: string): HubRequest | null {
  const fields = parsedObject(text);
  if (fields === null || numberField(fields, 'version') !== hubRecordVersion) return null;
  const request = readControlRequest(fields);
  if (request === null || !isHubId(request.id)) return null;
  return { run: request.run, want: request.want, id: request.id };
}

export function writtenHubRequest({ run, want, id }: HubRequest): string {
  return JSON.stringify({ version: hubRecordVersion, run, want, seq: 0, id });
}
