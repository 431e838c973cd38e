// session.log is a copy of what Codex writes into a file of our own. How much was copied is not stored anywhere: it is
// found by comparing the two. Where another process wrote into session.log, one line says so and how much of the own
// file stands before it; the copy goes on behind that line.
//
//   {"type":"autonomous.log.broken","uuid":"7d0e…","own":4711}

import { countField, parsedObject, textField } from '../json/json.ts';

const brokenType = 'autonomous.log.broken';
const endedType = 'autonomous.session.ended';

export function brokenLine(uuid: string, own: number): string {
  return JSON.stringify({ type: brokenType, uuid, own });
}

/** A line that says where the copy goes on: `after` is the offset behind it. */
export type BrokenPlace = { after: number; own: number };

/** The last such line of a session in a part of session.log that begins at `offset`; null if there is none. */
export function lastBrokenPlace(
  bytes: Buffer,
  { uuid, offset }: { uuid: string; offset: number },
): BrokenPlace | null {
  for (let end = bytes.lastIndexOf(0x0a); end !== -1;) {
    const start = end === 0 ? 0 : bytes.lastIndexOf(0x0a, end - 1) + 1;
    const own = ownIn(bytes.toString('utf8', start, end), uuid);
    if (own !== null) return { after: offset + end + 1, own };
    if (start === 0) return null;
    end = start - 1;
  }
  return null;
}

function ownIn(line: string, uuid: string): number | null {
  if (!line.startsWith('{"type":"autonomous.log.broken"')) return null;
  const fields = parsedObject(line);
  return fields !== null && textField(fields, 'uuid') === uuid ? countField(fields, 'own') : null;
}

/** How many bytes two buffers have in common at their beginning. */
export function commonLength(one: Buffer, other: Buffer): number {
  const most = Math.min(one.length, other.length);
  if (one.subarray(0, most).equals(other.subarray(0, most))) return most;
  let length = 0;
  while (one[length] === other[length]) length++;
  return length;
}

/** What the runner writes behind the copy, in one write: `before` is always the same, `last` has the time in it. */
export type EndLines = { before: string; last: string };

/**
 * What is still to be written of a session's end, given what follows the copy already (a runner may have died in the
 * middle of the write). Null if another process wrote there.
 */
export function restOfEnd(found: string, { before, last }: EndLines, uuid: string): string | null {
  if (before.startsWith(found)) return before.slice(found.length) + last;
  if (!found.startsWith(before)) return null;
  const rest = found.slice(before.length);
  if (hasEnd(rest, uuid)) return '';
  const known = last.slice(0, last.indexOf('"at":'));
  const isCut = !rest.includes('\n') && (rest.startsWith(known) || known.startsWith(rest));
  return isCut ? `\n${last}` : null;
}

/** Whether a text holds the line that says that the session has ended. */
export function hasEnd(text: string, uuid: string): boolean {
  return text.split('\n').some((line) => {
    if (!line.startsWith('{"type":"autonomous.session.ended"')) return false;
    const fields = parsedObject(line);
    return (
      fields !== null &&
      textField(fields, 'type') === endedType &&
      textField(fields, 'uuid') === uuid
    );
  });
}
