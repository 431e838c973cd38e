// Foreign text made safe to keep: clean, without secrets, and of bounded length. A text that is too long keeps its
// head and tail, since a command says first what it does and last how it went.

import { clean, cleanLine, cleanWithColours } from './clean.ts';
import { coloursAfterEdit, type ColouredText } from './coloured-text.ts';
import { maskSecrets } from './secrets.ts';

/** How many characters are enough to recognise a key or a password. */
const longestKey = 1024;

const cutMark = '\n…\n';

/** After the rough cut the tail's colour is unknown, so the tail begins without one. */
const roughCutMark = `${cutMark}\x1B[m`;
const mayHaveColours = /\[[\d;:]*m|\x9B/;

/** Several lines, of at most about `maxLength` characters. */
export function safeText(raw: string, maxLength: number): string {
  // Secrets are masked before the exact cut, which could split one so that it is missed. The rough cut before both
  // keeps megabytes cheap.
  const rough = roughly(raw, maxLength);
  const masked = maskSecrets(clean(rough, { maxLength: rough.length }));
  const cut = withoutMiddle(masked, maxLength);
  // The cut may have torn a surrogate pair, or left a mark at the start of a line.
  if (cut === masked && raw.length <= 2 * cut.length) return cut;
  return ownCopy(cut === masked ? cut : clean(cut, { maxLength: cut.length }));
}

/** The same, plus the colours that the program printed. */
export function safeColouredText(raw: string, maxLength: number): ColouredText {
  const text = safeText(raw, maxLength);
  if (!mayHaveColours.test(raw)) return { text, colours: [] };
  const rough = roughly(raw, maxLength);
  return {
    text,
    colours: coloursAfterEdit(cleanWithColours(rough, { maxLength: rough.length }), text),
  };
}

/** Whether a kept text is only the head and the tail of the original. */
export function lacksItsMiddle(kept: string): boolean {
  return kept.includes(cutMark);
}

/** One line, cut at its end. */
export function safeLine(raw: string, maxLength: number): string {
  // A key that the cut would split is recognisable only by the characters after the cut.
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

/** V8 copies shorter slices by itself. */
const shortestSlice = 13;

/** A slice keeps its whole source text in memory: a few words could hold a megabyte. */
function ownCopy(text: string): string {
  return text.length < shortestSlice ? text : (JSON.parse(JSON.stringify(text)) as string);
}
