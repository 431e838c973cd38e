// Wraps a text of megabytes: how many rows each line takes is counted once; where the rows begin and end is computed
// on access.

import { countPassing } from '../../core/binary-search.ts';
import { wrapRanges, type TextRange } from '../look/text-wrap.ts';
import { lazyList, type List } from './lazy-list.ts';

/** Characters: a longer text is wrapped lazily. */
const longerThan = 32 * 1024;

/** The lines of `text`, as `wrapRanges()` gives them. */
export function wrapped(text: string, width: number): List<TextRange> {
  return text.length > longerThan ? wrappedLazily(text, width) : wrapRanges(text, width);
}

export function wrappedLazily(text: string, width: number): List<TextRange> {
  const lines = text.split('\n');
  /** The offset of each line in the text. */
  const starts = new Uint32Array(lines.length);
  /** The number of rows before each line, and after the last one. */
  const rowsBefore = new Uint32Array(lines.length + 1);
  let start = 0;
  for (const [index, line] of lines.entries()) {
    starts[index] = start;
    start += line.length + 1;
    rowsBefore[index + 1] = (rowsBefore[index] ?? 0) + wrapRanges(line, width).length;
  }
  let wrapped: { index: number; ranges: readonly TextRange[] } | null = null;

  function rowAt(row: number): TextRange {
    const index = lineOf(row, rowsBefore);
    // Cached, because neighbouring rows are read one after the other, and one line may be the whole text.
    if (wrapped?.index !== index) {
      wrapped = { index, ranges: wrapRanges(lines[index] ?? '', width) };
    }
    const { start, end } = wrapped.ranges[row - (rowsBefore[index] ?? 0)] ?? { start: 0, end: 0 };
    const begin = starts[index] ?? 0;
    return { start: begin + start, end: begin + end };
  }

  return lazyList(rowsBefore[lines.length] ?? 0, rowAt);
}

/** The last line that begins at or before `row`. The last of `rowsBefore` is the end of the text, not a line. */
function lineOf(row: number, rowsBefore: Uint32Array): number {
  const begun = countPassing(rowsBefore.length - 1, (line) => (rowsBefore[line] ?? 0) <= row);
  return Math.max(0, begun - 1);
}
