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

/** How much of the own file stands before such a line of a session; null for any other line. */
export function ownBeforeBreak(line: string, uuid: string): number | null {
  if (!line.startsWith('{"type":"autonomous.log.broken"')) return null;
  const fields = parsedObject(line);
  return fields !== null && textField(fields, 'uuid') === uuid ? countField(fields, 'own') : null;
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
