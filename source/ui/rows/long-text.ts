// A text of megabytes, wrapped: how many rows each of its lines takes is counted once, what they say is cut out when
// it is looked at.

import { wrapRanges, wrapText, type TextRange } from '../text-wrap.ts';
import { lazyList, type List } from './lazy-list.ts';

/** Characters: what is longer is wrapped where it is looked at. */
const longerThan = 32 * 1024;

/** The lines of `text`, as `wrapText()` gives them. */
export function wrapped(text: string, width: number): List<string> {
  return text.length > longerThan ? wrappedLazily(text, width) : wrapText(text, width);
}

export function wrappedLazily(text: string, width: number): List<string> {
  const lines = text.split('\n');
  /** Before each line so many rows; and behind the last one. */
  const rowsBefore = new Uint32Array(lines.length + 1);
  for (const [index, line] of lines.entries()) {
    rowsBefore[index + 1] = (rowsBefore[index] ?? 0) + wrapRanges(line, width).length;
  }
  let wrapped: { index: number; ranges: readonly TextRange[] } | null = null;

  function rowAt(row: number): string {
    const index = lineOf(row, rowsBefore);
    const line = lines[index] ?? '';
    // Neighbours are asked for one after the other, and a line may be all of the text.
    if (wrapped?.index !== index) wrapped = { index, ranges: wrapRanges(line, width) };
    const range = wrapped.ranges[row - (rowsBefore[index] ?? 0)];
    return range === undefined ? '' : line.slice(range.start, range.end);
  }

  return lazyList(rowsBefore[lines.length] ?? 0, rowAt);
}

function lineOf(row: number, rowsBefore: Uint32Array): number {
  let low = 0;
  let high = rowsBefore.length - 1;
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if ((rowsBefore[middle] ?? 0) <= row) low = middle;
    else high = middle;
  }
  return low;
}
