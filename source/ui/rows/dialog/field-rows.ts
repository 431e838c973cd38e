// A text field, scrolled so that the cursor is visible. The cursor is an inverse cell, not the terminal's own cursor,
// which stays wherever the last write left it.
//
//   ┃ Build a REST API for todo app▏

import type { TextField } from '../../dialog/text-field.ts';
import { clustersOf } from '../../look/text-width.ts';
import { wrapRanges, type TextRange } from '../../look/text-wrap.ts';
import { rowOf, run, type Row, type StyleRun } from '../row.ts';

type FieldBox = {
  readonly width: number;
  /** The most rows that the field may take. */
  readonly height: number;
  readonly isFocused: boolean;
};

/** At least one row, at most `height`. */
export function fieldRows(field: TextField, { width, height, isFocused }: FieldBox): Row[] {
  const ranges = rangesOf(field, Math.max(1, width - 1));
  const cursorLine = Math.max(
    0,
    ranges.findLastIndex(({ start }) => start <= field.cursor),
  );
  const top = Math.max(0, cursorLine - height + 1);
  return ranges.slice(top, top + height).map((range, index) => {
    const isCursorLine = isFocused && top + index === cursorLine;
    const line = field.text.slice(range.start, range.end);
    const at = Math.min(field.cursor - range.start, line.length);
    return rowOf(width, isCursorLine ? withCursor(line, at) : [run(line)]);
  });
}

function withCursor(line: string, at: number): StyleRun[] {
  const [under] = clustersOf(line.slice(at));
  const text = under === undefined || under.width === 0 ? ' ' : under.text;
  const rest = line.slice(at + (under?.text.length ?? 0));
  return [run(line.slice(0, at)), run(text, { inverse: true }), run(rest)];
}

/** So that a pasted megabyte is wrapped once, not in every animation frame. */
const wrapped = new WeakMap<TextField, { width: number; ranges: TextRange[] }>();

function rangesOf(field: TextField, width: number): TextRange[] {
  const before = wrapped.get(field);
  if (before?.width === width) return before.ranges;
  const ranges = wrapRanges(field.text, width);
  wrapped.set(field, { width, ranges });
  return ranges;
}
