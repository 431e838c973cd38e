// Breaks a text into lines of a given width: between words, between wide characters (Chinese and Japanese have no
// spaces), and inside a word only if the word alone is longer than the line. Never inside a cluster. Returns ranges of
// the text, so that styles of the text can be cut the same way.

import { clustersOf, isOneCellEach, type Cluster } from './text-width.ts';

export type TextRange = { readonly start: number; readonly end: number };

/** The lines of `text`; a newline always ends a line. Spaces at a line break are left out. */
export function wrapText(text: string, width: number): string[] {
  return wrapRanges(text, width).map(({ start, end }) => text.slice(start, end));
}

/** The ranges of the lines of `text`. At least one; an empty line is an empty range. */
export function wrapRanges(text: string, width: number): TextRange[] {
  const ranges: TextRange[] = [];
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    wrapParagraph(ranges, text.slice(start, end), { offset: start, width: Math.max(1, width) });
    start = end + 1;
  }
  return ranges;
}

function wrapParagraph(
  ranges: TextRange[],
  text: string,
  { offset, width }: { offset: number; width: number },
): void {
  if (text.length <= width && isOneCellEach(text)) {
    ranges.push({ start: offset, end: offset + text.length });
    return;
  }
  const indentation = text.length - text.trimStart().length;
  if (indentation >= width) {
    // Only the indentation would be visible.
    wrapParagraph(ranges, text.slice(indentation), { offset: offset + indentation, width });
    return;
  }
  let lineStart = 0;
  let lineWidth = 0;
  // The last possible break in this line: where the line would end, and where the next one would begin.
  let breakEnd = -1;
  let breakNext = -1;
  let widthAtBreak = 0;
  let at = 0;

  for (const cluster of clusters(text)) {
    const isSpace = cluster.text === ' ';
    const isWide = cluster.width > 1;
    if (isWide && at > lineStart && breakNext !== at) {
      [breakEnd, breakNext, widthAtBreak] = [at, at, lineWidth];
    }
    if (!isSpace && lineWidth + cluster.width > width && at > lineStart) {
      if (breakNext > lineStart) {
        ranges.push({ start: offset + lineStart, end: offset + breakEnd });
        lineStart = breakNext;
        lineWidth -= widthAtBreak;
      } else {
        ranges.push({ start: offset + lineStart, end: offset + at });
        lineStart = at;
        lineWidth = 0;
      }
      breakNext = -1;
    }
    lineWidth += cluster.width;
    const next = at + cluster.text.length;
    if (isSpace && (lineStart > 0 || at >= indentation)) {
      // At several spaces in a row, the line ends before the first and the next begins after the last.
      if (breakNext !== at || text[at - 1] !== ' ') breakEnd = at;
      [breakNext, widthAtBreak] = [next, lineWidth];
    } else if (isWide) {
      [breakEnd, breakNext, widthAtBreak] = [next, next, lineWidth];
    }
    at = next;
  }
  const end = lineWidth > width && breakNext === text.length ? breakEnd : text.length;
  ranges.push({ start: offset + lineStart, end: offset + Math.max(lineStart, end) });
}

function* clusters(text: string): Generator<Cluster, void> {
  if (isOneCellEach(text)) {
    for (const character of text) yield { text: character, width: 1 };
  } else {
    yield* clustersOf(text);
  }
}
