// What is kept of a foreign text: clean, without secrets, and of bounded length. Of what is too long the head
// and the tail stay, since a command says first what it does and last how it went.

import { clean, cleanLine, cleanWithColours } from './clean.ts';
import { coloursAfterEdit, type ColouredText } from './coloured-text.ts';
import { maskSecrets } from './secrets.ts';

/** Characters in which a key or a password shows itself as one. */
const longestKey = 1024;

const cutMark = '\n…\n';

/** The tail's own colours are not known where the rough cut went through: it begins with none. */
const roughCutMark = `${cutMark}\x1B[m`;
const mayHaveColours = /\[[\d;:]*m|\x9B/;

/** Several lines, of about `maxLength` characters at most. */
export function keptText(raw: string, maxLength: number): string {
  // Secrets are masked before the cut, so that none is cut in two and missed; but nobody pays for megabytes.
  const rough = roughly(raw, maxLength);
  const masked = maskSecrets(clean(rough, { maxLength: rough.length }));
  const cut = withoutMiddle(masked, maxLength);
  // The cut may have torn a pair, or left a mark at the start of a line.
  if (cut === masked && raw.length <= 2 * cut.length) return cut;
  return ownCopy(cut === masked ? cut : clean(cut, { maxLength: cut.length }));
}

/** The same with the colours that its program printed. */
export function keptColouredText(raw: string, maxLength: number): ColouredText {
  const text = keptText(raw, maxLength);
  if (!mayHaveColours.test(raw)) return { text, colours: [] };
  const rough = roughly(raw, maxLength);
  return {
    text,
    colours: coloursAfterEdit(cleanWithColours(rough, { maxLength: rough.length }), text),
  };
}

/** Whether a text that was kept is only the head and the tail of what there was. */
export function lacksItsMiddle(kept: string): boolean {
  return kept.includes(cutMark);
}

/** One line, cut at its end. */
export function keptLine(raw: string, maxLength: number): string {
  // A key that the cut goes through is known as one only by what lies behind the cut.
  const rough = cleanLine(raw, { maxLength: maxLength + longestKey });
  return ownCopy(cleanLine(maskSecrets(rough), { maxLength }));
}

function roughly(raw: string, maxLength: number): string {
  return withoutMiddle(raw, 4 * maxLength, roughCutMark);
}

function withoutMiddle(text: string, maxLength: number, mark = cutMark): string {
  if (text.length <= maxLength) return text;
  const half = Math.floor(maxLength / 2);
  return text.slice(0, half) + mark + text.slice(-half);
}

/** Shorter ones V8 copies by itself. */
const shortestSlice = 13;

/** A slice keeps the whole text alive that it was cut from: a few words would hold a megabyte. */
function ownCopy(text: string): string {
  return text.length < shortestSlice ? text : (JSON.parse(JSON.stringify(text)) as string);
}
