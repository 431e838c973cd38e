// The end of what a check printed, as text that may be shown and kept: without escapes, binary and keys.

import { clean } from '../text/clean.ts';
import { maskSecrets } from '../text/secrets.ts';

/** In characters. */
export const maxTailLength = 4096;

/** More than is kept: of a progress bar's line only the last state counts, and escapes go. */
const roughLength = 16 * maxTailLength;

/** `raw` may begin anywhere; the tail begins at a line, if one begins in it. */
export function tailOf(raw: string): string {
  const rough = raw.slice(-roughLength);
  // A key that the cut would split is recognised before it.
  const text = maskSecrets(clean(overwritten(rough), { maxLength: roughLength + 1 })).trimEnd();
  if (text.length <= maxTailLength) return text;
  const last = text.slice(-maxTailLength);
  const lineStart = last.indexOf('\n') + 1;
  // Clean again: the cut may have torn a pair of surrogates, or left a mark at the start.
  return clean(lineStart > 0 && lineStart < last.length ? last.slice(lineStart) : last);
}

/** A lone carriage return goes back to the start of its line, where the next words overwrite. */
function overwritten(text: string): string {
  if (!text.includes('\r')) return text;
  return text
    .split(/\r?\n/u)
    .map((line) => line.slice(line.lastIndexOf('\r', line.length - 2) + 1))
    .join('\n');
}

/** The last lines, at most `maxLength` characters; a first line that is too long keeps its end. */
export function lastLines(text: string, maxLength: number): string {
  const trimmed = text.trimEnd();
  if (trimmed.length <= maxLength) return trimmed;
  const cut = trimmed.slice(-maxLength);
  const lineStart = cut.indexOf('\n') + 1;
  return clean(lineStart > 0 && lineStart < cut.length ? cut.slice(lineStart) : cut);
}
