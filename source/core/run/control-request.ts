// A control request from the user to a run under way, left in wish.json for its runner. The last one wins. One for
// another run is ignored, so that a late request never acts on the next run.
// A random id says which request it is. `seq`, a number that two dashboards may choose at once, is what programs before
// the id write and act by: it is still written for a runner of theirs, and read where a dashboard of theirs wrote.
//
//   {"run":"2f0c…","want":"pause now","seq":3,"id":"b21d…"}

import { numberField, textField, type JsonObject } from '../json/json.ts';
import type { Want } from './fact.ts';

/** `id` is null in a request of a program before the id. */
export type ControlRequest = { run: string; want: Want; seq: number; id: string | null };

const wants: readonly Want[] = [
  'pause now',
  'pause after session',
  'go on',
  'try now',
  'end at once',
];

export function readControlRequest(fields: JsonObject | null): ControlRequest | null {
  if (fields === null) return null;
  const run = textField(fields, 'run');
  const want = wants.find((candidate) => candidate === textField(fields, 'want'));
  const seq = numberField(fields, 'seq');
  if (run === null || want === undefined || seq === null) return null;
  return { run, want, seq, id: textField(fields, 'id') };
}

/** The number of the next request to a run, so that a runner that acts by numbers acts on it. */
export function nextSeq(last: ControlRequest | null, run: string): number {
  return last !== null && last.run === run ? last.seq + 1 : 0;
}

/** Whether the run has acted on a request; `last` is the last one that it acted on. */
export function isActedOn(request: ControlRequest, last: ControlRequest | null): boolean {
  if (last === null) return false;
  if (request.id !== null) return request.id === last.id;
  // Two dashboards may choose the same number: a different want under it is the later one.
  return request.seq < last.seq || (request.seq === last.seq && request.want === last.want);
}
