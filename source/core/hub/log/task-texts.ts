// The list and notes of a task, as its owner shows them to the other machines. They are foreign text in two ways: an agent
// wrote them, and another machine sent them.
//
//   {"version":1,"epoch":3,"list":"- [x] Add …","notes":"…","cut":["notes"]}

import { countField, field, listField, numberField, parsedObject } from '../../json/json.ts';
import { hubRecordVersion } from '../task-record.ts';

/** `isCut`: there is more than that. */
type TaskText = { text: string; isCut: boolean };

export type TaskTexts = {
  /** Of the lease under which they were written. */
  epoch: number;
  /** Null: there is none. */
  list: TaskText | null;
  notes: TaskText | null;
};

/** Each text, in characters. */
export const maxTextLength = 256 * 1024;
const maxEpoch = 2 ** 48;

export function cutText(text: string | null, maxLength: number): TaskText | null {
  if (text === null) return null;
  const isCut = text.length > maxLength;
  return { text: isCut ? text.slice(0, maxLength) : text, isCut };
}

export function writtenTaskTexts({ epoch, list, notes }: TaskTexts): string {
  const cut = Object.entries({ list, notes })
    .filter(([, text]) => text?.isCut === true)
    .map(([name]) => name);
  const texts = { list: list?.text ?? null, notes: notes?.text ?? null };
  return JSON.stringify({ version: hubRecordVersion, epoch, ...texts, cut });
}

/** Null if they cannot be read. */
export function readTaskTexts(text: string): TaskTexts | null {
  const fields = parsedObject(text);
  if (fields === null || numberField(fields, 'version') !== hubRecordVersion) return null;
  const epoch = countField(fields, 'epoch');
  if (epoch === null || epoch > maxEpoch) return null;
  const cut = listField(fields, 'cut');
  const read = (name: string): TaskText | null => {
    const value = field(fields, name);
    const found = cutText(typeof value === 'string' ? value : null, maxTextLength);
    return found === null ? null : { ...found, isCut: found.isCut || cut.includes(name) };
  };
  return { epoch, list: read('list'), notes: read('notes') };
}
