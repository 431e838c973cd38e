// A piece of a log on its way through the hub: a line that says where its bytes belong, then the bytes. Other machines write
// it, so where it belongs is looked at before it is used.
//
//   {"version":1,"epoch":3,"offset":131072}⏎{"type":"item.completed",…

import { countField, numberField, parsedObject } from '../../json/json.ts';
import { hubRecordVersion } from '../task-record.ts';

export type LogPiece = {
  /** Of the lease under which the bytes were written. */
  epoch: number;
  /** Where the first byte is in its file. */
  offset: number;
  bytes: Uint8Array;
};

export const maxPieceBytes = 128 * 1024;
/** No log that can be sent is longer: 64 TiB. */
const maxOffset = 2 ** 46;
const maxEpoch = 2 ** 48;
const maxHeadBytes = 256;
const lineEnd = 0x0a;

export function writtenLogPiece({ epoch, offset, bytes }: LogPiece): Uint8Array {
  const head = new TextEncoder().encode(
    `${JSON.stringify({ version: hubRecordVersion, epoch, offset })}\n`,
  );
  const written = new Uint8Array(head.length + bytes.length);
  written.set(head);
  written.set(bytes, head.length);
  return written;
}

/** Null if it cannot be read. */
export function readLogPiece(data: Uint8Array): LogPiece | null {
  const end = data.subarray(0, maxHeadBytes).indexOf(lineEnd);
  if (end === -1) return null;
  const fields = parsedObject(new TextDecoder().decode(data.subarray(0, end)));
  if (fields === null || numberField(fields, 'version') !== hubRecordVersion) return null;
  const epoch = countField(fields, 'epoch');
  const offset = countField(fields, 'offset');
  const bytes = data.subarray(end + 1);
  if (epoch === null || epoch > maxEpoch || offset === null || offset > maxOffset) return null;
  if (bytes.length === 0 || bytes.length > maxPieceBytes) return null;
  return { epoch, offset, bytes };
}
