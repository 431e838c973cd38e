// A control request from the user to a run under way, left in wish.json for its runner. The last one wins. One for
// another run is ignored, so that a late request never acts on the next run.
//
//   {"run":"2f0c…","want":"pause now","seq":3}

import { numberField, textField, type JsonObject } from '../json/json.ts';
import type { Want } from './run.ts';

export type ControlRequest = { run: string; want: Want; seq: number };

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
  return run === null || want === undefined || seq === null ? null : { run, want, seq };
}
