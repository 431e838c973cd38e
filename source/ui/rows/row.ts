// A Row is one line of the screen: runs of text, each with a style by meaning, and exactly as wide as requested. It
// never contains escape sequences: the theme decides what a meaning looks like. A wide character cut by an edge becomes
// a space, as in terminals.

import { clustersOf, isOneCellEach, takeStart, textWidth } from '../look/text-width.ts';

/** The meaning of a colour. Each meaning also has its glyph and its word. */
export type Meaning = 'accent' | 'running' | 'done' | 'waiting' | 'failed' | 'alarm';

export type Style = {
  readonly color?: Meaning;
  /**
   * On the background of the empty part of a bar, of a match of a search, which looks the same in any text, or of the
   * selected row. Without colours, the name of what is selected is inverse instead.
   */
  readonly on?:
    'track' | 'match' | 'current match' | 'selected' | 'selected name' | 'selected track';
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly inverse?: true;
  /** A spinner: each animation frame replaces its text. */
  readonly turns?: true;
  /** The name of the key that a click on the run presses. It changes no cell. */
  readonly key?: string;
  /** The file that the run names: its path from the project, or an absolute one. */
  readonly link?: string;
};

export type StyleRun = { readonly text: string; readonly style: Style };

export type Row = readonly StyleRun[];

export const plain: Style = {};
export const bold: Style = { bold: true };
export const dim: Style = { dim: true };

export function run(text: string, style: Style = plain): StyleRun {
  return { text, style };
}

/** `runs`, cut or padded to `width` cells. */
export function rowOf(width: number, runs: readonly StyleRun[]): Row {
  const row: StyleRun[] = [];
  let left = width;
  for (const { text, style } of runs) {
    if (left <= 0) break;
    const cut = cutExactly(text, left);
    append(row, cut.text, style);
    left -= cut.width;
  }
  if (left > 0) append(row, ' '.repeat(left), plain);
  return row;
}

/** `left` and `right` at the edges. `left` is cut with `…` to stay two cells away from `right`, which is not cut. */
export function justified(
  width: number,
  left: readonly StyleRun[],
  right: readonly StyleRun[],
): Row {
  const rightWidth = runsWidth(right);
  if (rightWidth === 0) return rowOf(width, cutRuns(left, width));
  const room = Math.max(0, width - rightWidth - 2);
  const cut = cutRuns(left, room);
  const gap = ' '.repeat(Math.max(0, width - rightWidth - runsWidth(cut)));
  return rowOf(width, [...cut, run(gap), ...right]);
}

/** `runs`, with the end replaced by `…` if they are wider than `width`. */
export function cutRuns(runs: readonly StyleRun[], width: number): readonly StyleRun[] {
  if (runsWidth(runs) <= width) return runs;
  const cut: StyleRun[] = [];
  let left = width - 1;
  for (const { text, style } of runs) {
    const taken = takeStart(text, left);
    left -= textWidth(taken);
    if (taken.length < text.length) {
      if (width > 0) cut.push({ text: taken.trimEnd() + '…', style });
      break;
    }
    cut.push({ text, style });
  }
  return cut;
}

export function runsWidth(runs: readonly StyleRun[]): number {
  let width = 0;
  for (const { text } of runs) width += textWidth(text);
  return width;
}

export function blankRow(width: number): Row {
  return width <= 0 ? [] : [run(' '.repeat(width))];
}

/** `rows`, cut or filled up with blank rows to `height`. */
export function filled(rows: readonly Row[], { width, height }: Size): Row[] {
  const blanks = Math.max(0, height - rows.length);
  return [...rows.slice(0, height), ...Array.from({ length: blanks }, () => blankRow(width))];
}

export type Size = { readonly width: number; readonly height: number };

/** The cells from `from` up to `to` of a row. */
export function sliceRow(row: Row, from: number, to: number): Row {
  const slice: StyleRun[] = [];
  let at = 0;
  for (const { text, style } of row) {
    if (at >= to) break;
    const width = textWidth(text);
    if (at + width > from) {
      append(slice, cellsOf(text, { from: from - at, to: to - at }), style);
    }
    at += width;
  }
  return slice;
}

/** The style of the cell at `x`; null beside the row. */
export function styleAt(row: Row, x: number): Style | null {
  let end = 0;
  for (const { text, style } of row) {
    end += textWidth(text);
    if (x < end) return x < 0 ? null : style;
  }
  return null;
}

export function rowText(row: Row): string {
  return row.map(({ text }) => text).join('');
}

/** True if the rows look the same in every cell. */
export function isSameRow(a: Row, b: Row): boolean {
  if (a === b) return true;
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return other !== undefined && one.text === other.text && isSameStyle(one.style, other.style);
    })
  );
}

function isSameStyle(a: Style, b: Style): boolean {
  return (
    a === b ||
    (a.color === b.color &&
      a.on === b.on &&
      a.bold === b.bold &&
      a.dim === b.dim &&
      a.italic === b.italic &&
      a.inverse === b.inverse &&
      a.turns === b.turns &&
      a.key === b.key &&
      a.link === b.link)
  );
}

function append(row: StyleRun[], text: string, style: Style): void {
  if (text === '') return;
  const last = row.at(-1);
  if (last !== undefined && isSameStyle(last.style, style)) {
    row[row.length - 1] = { text: last.text + text, style: last.style };
  } else {
    row.push({ text, style });
  }
}

/** The start of `text` in at most `width` cells. Clusters without width are dropped: they would join the one before. */
function cutExactly(text: string, width: number): { text: string; width: number } {
  if (isOneCellEach(text))
    return { text: text.slice(0, width), width: Math.min(text.length, width) };
  let taken = '';
  let left = width;
  for (const cluster of clustersOf(text)) {
    if (left <= 0) break;
    if (cluster.width === 0) continue;
    taken += cluster.width > left ? ' '.repeat(left) : cluster.text;
    left -= Math.min(left, cluster.width);
  }
  return { text: taken, width: width - left };
}

function cellsOf(text: string, { from, to }: { from: number; to: number }): string {
  if (isOneCellEach(text)) return text.slice(Math.max(0, from), Math.max(0, to));
  let cells = '';
  let at = 0;
  for (const cluster of clustersOf(text)) {
    const end = at + cluster.width;
    const isWhole = at >= from && end <= to;
    const seen = Math.min(end, to) - Math.max(at, from);
    if (isWhole) cells += cluster.text;
    else if (seen > 0) cells += ' '.repeat(seen);
    at = end;
  }
  return cells;
}
