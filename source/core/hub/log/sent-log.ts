// What a machine knows of the logs of a task that it sends to the hub. How much was sent is not in it: the hub says that.
//
//   {"version":1,"key":"task.…","log":"/…/session.log","epoch":3,"files":[{"id":"1-9f…","device":1,"inode":2,
//    "parts":[{"epoch":1,"from":0},{"epoch":3,"from":81234}]}]}

import {
  countField,
  numberField,
  objectsField,
  textField,
  type JsonObject,
} from '../../json/json.ts';
import { isLogId } from './log-subject.ts';

/** From that byte on, the file was written under the lease with that epoch. */
type SentPart = { epoch: number; from: number };

/** `id`: see `LogName`. Another file in its place, or one that was cut, gets another. */
export type SentFile = { id: string; device: number; inode: number; parts: readonly SentPart[] };

export type SentLog = {
  /** The task's, in the hub. */
  key: string;
  /** The path of session.log. */
  log: string;
  /** Of the last lease of this machine. */
  epoch: number;
  /** The last one is the present one. */
  files: readonly SentFile[];
};

/** Null if it cannot be read. */
export function readSentLog(fields: JsonObject | null): SentLog | null {
  if (fields === null || numberField(fields, 'version') !== 1) return null;
  const key = textField(fields, 'key');
  const log = textField(fields, 'log');
  const epoch = countField(fields, 'epoch');
  if (key === null || log === null || epoch === null) return null;
  const files = objectsField(fields, 'files').map(asFile);
  if (files.includes(null)) return null;
  return { key, log, epoch, files: files.filter((file) => file !== null) };
}

export function writtenSentLog(sent: SentLog): string {
  return JSON.stringify({ version: 1, ...sent });
}

/** Where the part ends that begins at or before an offset, and its epoch. */
export function partAt(
  { parts }: Pick<SentFile, 'parts'>,
  offset: number,
): { epoch: number; end: number } | null {
  const index = parts.findLastIndex(({ from }) => from <= offset);
  const part = parts[index];
  return part === undefined ? null : { epoch: part.epoch, end: parts[index + 1]?.from ?? Infinity };
}

function asFile(fields: JsonObject): SentFile | null {
  const id = textField(fields, 'id');
  const device = countField(fields, 'device');
  const inode = countField(fields, 'inode');
  const parts = objectsField(fields, 'parts').map((part) => ({
    epoch: countField(part, 'epoch') ?? -1,
    from: countField(part, 'from') ?? -1,
  }));
  if (id === null || !isLogId(id) || device === null || inode === null) return null;
  if (parts.length === 0 || parts.some(({ epoch, from }) => epoch < 0 || from < 0)) return null;
  return { id, device, inode, parts };
}
