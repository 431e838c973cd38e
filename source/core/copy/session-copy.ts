// session.copies: where each ended session is in session.log, and its digest, one line each. By these it is known later
// whether session.log was changed.
//
//   {"uuid":"7d0e…","session":4,"offset":4711,"length":90210,"sha256":"2c26…"}

import { countField, parsedObject, textField } from '../json/json.ts';

export type SessionCopy = {
  uuid: string;
  session: number;
  /** In session.log, of the session's first line. */
  offset: number;
  length: number;
  /** Null if another process wrote there while the session ran: then it is not what Codex wrote. */
  sha256: string | null;
};

/** By uuid. */
export type SessionCopies = ReadonlyMap<string, SessionCopy>;

/** Whether session.log has what Codex wrote in a session; null if that is not known. */
export type CopyState = 'intact' | 'changed' | null;

/** What changed session.log is not known to the user, but what no longer holds is. */
export const copyChanged = 'log changed';

/** Of a session that was recorded twice, after a runner died, the last line counts. */
export function readSessionCopies(text: string): SessionCopies {
  const copies = new Map<string, SessionCopy>();
  for (const line of text.split('\n')) {
    const copy = readCopy(line);
    if (copy !== null) copies.set(copy.uuid, copy);
  }
  return copies;
}

function readCopy(line: string): SessionCopy | null {
  const fields = parsedObject(line);
  if (fields === null) return null;
  const uuid = textField(fields, 'uuid');
  const session = countField(fields, 'session');
  const offset = countField(fields, 'offset');
  const length = countField(fields, 'length');
  if (uuid === null || session === null || offset === null || length === null) return null;
  return { uuid, session, offset, length, sha256: textField(fields, 'sha256') };
}
