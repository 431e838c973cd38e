// The one gate for foreign text: output of Codex and its tools, files and names become text that may reach
// a terminal. It must never let anything through that moves the cursor, hides, reorders or overprints.
// Ink does not do this: it passes foreign escape sequences on, 8-bit clipboard writes included.
// Idempotent, so cleaning a text twice does no harm.

import { kindOfCharacter } from './character-kind.ts';
import { createColourNotes, type ColouredText, type ColourNotes } from './coloured-text.ts';
import { escapeSequenceAt } from './escape-sequences.ts';

type CleanOptions = {
  /** Longest result in code points, including the `…` of a cut text. */
  maxLength?: number;
};

const defaultMaxLength = 100_000;
const defaultMaxLineLength = 1000;

/** How many marks may stack on one character: languages need at most three, and a flood covers other rows. */
const maxMarksInARow = 4;

const carriageReturn = 0x0d;
const needsNothing = /^[\n\t -~]*$/;

/** Text of several lines; newline and tab are the only control characters left. */
export function clean(text: string, options: CleanOptions = {}): string {
  const maxLength = options.maxLength ?? defaultMaxLength;
  // Text after the cap is never read: cutting 16 MiB to a line should cost a line.
  const head = text.length > maxLength ? text.slice(0, maxLength + 1) : text;
  if (needsNothing.test(head)) return capped(head, maxLength);
  return capped(scrubbed(text, maxLength), maxLength);
}

/** Text for one line: newlines and tabs become single spaces, both ends are trimmed. */
export function cleanLine(text: string, options: CleanOptions = {}): string {
  const maxLength = options.maxLength ?? defaultMaxLineLength;
  const lines = clean(text, { maxLength: Math.max(maxLength, defaultMaxLength) });
  const line = (/[\n\t]/.test(lines) ? lines.replace(/[ \n\t]+/g, oneSpace) : lines).trim();
  // A mark whose base space was trimmed away would stack on the character left of this text.
  return capped(line.slice(baseOf(line)), maxLength);
}

/** Plain spaces stay: they may be intended. */
function oneSpace(gap: string): string {
  return gap.includes('\n') || gap.includes('\t') ? ' ' : gap;
}

/** `clean`, plus the colours that the program printed. */
export function cleanWithColours(text: string, options: CleanOptions = {}): ColouredText {
  const maxLength = options.maxLength ?? defaultMaxLength;
  const notes = createColourNotes();
  const whole = capped(scrubbed(text, maxLength, notes), maxLength);
  return { text: whole, colours: notes.changes().filter(({ at }) => at < whole.length) };
}

/** Everything but the cap. Stops soon after the cap, so text that is cut off costs nothing. */
function scrubbed(text: string, maxLength: number, notes?: ColourNotes): string {
  let output = '';
  let copied = 0;
  let at = 0;
  // At the start of a line a mark would stack on what is drawn left of the text, so none is allowed there.
  let marksLeft = 0;

  while (at < text.length && output.length + at - copied <= 2 * maxLength) {
    const codePoint = codePointAt(text, at);
    const kind = kindOfCharacter(codePoint);
    let next = at + (codePoint > 0xffff ? 2 : 1);
    if (kind === 'plain') marksLeft = maxMarksInARow;
    else if (kind === 'gap') marksLeft = 0;
    else if (kind === 'mark' && marksLeft > 0) marksLeft--;
    else {
      output += text.slice(copied, at);
      if (kind === 'control') {
        const sequence = escapeSequenceAt(text, at);
        if (sequence.colours !== null) notes?.add(output.length, sequence.colours);
        next = sequence.end;
      } else if (kind === 'line-break') {
        if (codePoint === carriageReturn && text[next] === '\n') next++;
        output += '\n';
        marksLeft = 0;
      } else if (kind === 'bidi' || kind === 'no-character') {
        output += kind === 'bidi' ? `<${hexadecimal(codePoint)}>` : '\uFFFD';
        marksLeft = maxMarksInARow;
      }
      copied = next;
    }
    at = next;
  }
  return output + text.slice(copied, at);
}

/** The index of the first character that is neither a space nor a mark. */
function baseOf(line: string): number {
  let at = 0;
  while (at < line.length) {
    const codePoint = codePointAt(line, at);
    if (kindOfCharacter(codePoint) !== 'mark' && !/\s/.test(line.charAt(at))) break;
    at += codePoint > 0xffff ? 2 : 1;
  }
  return at;
}

/** Cuts by code points, so that no surrogate pair is torn. */
function capped(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  let end = 0;
  let keptEnd = 0;
  for (let count = 0; count < maxLength; count++) {
    keptEnd = end;
    end += codePointAt(text, end) > 0xffff ? 2 : 1;
    if (end >= text.length) return text;
  }
  return maxLength < 1 ? '' : text.slice(0, keptEnd) + '…';
}

function codePointAt(text: string, at: number): number {
  return text.codePointAt(at) ?? 0;
}

function hexadecimal(codePoint: number): string {
  return codePoint.toString(16).toUpperCase().padStart(4, '0');
}
