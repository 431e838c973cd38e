// Which requests the owner of a task has acted on, beside the requests: whoever asked is told so. It tells, and decides
// nothing.
//
//   {"version":1,"machine":"machine-b","taken":["b21d…"]}

import { listField, numberField, parsedObject, textField } from '../json/json.ts';
import { isHubId } from './hub-id.ts';
import { isMachineName } from './hub-names.ts';
import { hubRecordVersion } from './task-record.ts';

type HubAnswer = {
  machine: string;
  /** Ids of requests, the last one last. */
  taken: readonly string[];
};

/** Whoever asked looks within seconds. */
const mostTaken = 20;

/** Null if it cannot be read. */
export function readHubAnswer(text: string): HubAnswer | null {
  const fields = parsedObject(text);
  if (fields === null || numberField(fields, 'version') !== hubRecordVersion) return null;
  const machine = textField(fields, 'machine');
  if (machine === null || !isMachineName(machine)) return null;
  const ids = listField(fields, 'taken').slice(-mostTaken);
  return { machine, taken: ids.filter((id) => typeof id === 'string').filter(isHubId) };
}

export function writtenHubAnswer({ machine, taken }: HubAnswer): string {
  return JSON.stringify({ version: hubRecordVersion, machine, taken: taken.slice(-mostTaken) });
}
