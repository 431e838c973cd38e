// A row as cells, so that two rows can be compared number by number. Most rows have one cell per character, and their
// text stays one string; only rows with wide characters are split into clusters.

import type { Row } from '../rows/row.ts';
import { lookOf, type Look } from './sgr.ts';
import { cellsOfUnit, clustersOf } from '../look/text-width.ts';
import type { Theme } from '../look/theme.ts';

export type Cells = {
  readonly width: number;
  /**
   * One number per cell. Two cells look the same exactly when their numbers are equal. A plain array, because a typed
   * array would allocate and free memory outside the heap for each row that changes.
   */
  readonly codes: readonly number[];
  /** One per cell. The first cell of a cluster has its text; the others have the empty text. */
  readonly texts: string | readonly string[];
  /** The look of each run, and in `ends` where that run ends. */
  readonly looks: readonly Look[];
  readonly ends: readonly number[];
  /** Null: all terminals agree on the width of everything in the row. Otherwise, per cell, whether some may differ. */
  readonly doubtful: readonly boolean[] | null;
};

/** A blank without a background is the same in every look. */
export const blankCode = 32;

export function cellsOf(row: Row, theme: Theme): Cells {
  let width = 0;
  for (const { text } of row) width += text.length;
  const codes = new Array<number>(width);
  const looks: Look[] = [];
  const ends: number[] = [];
  let texts = '';
  let cell = 0;
  for (const { text, style } of row) {
    const look = lookOf(style, theme);
    const base = look.id * lookStep;
    const blank = look.hasGround ? blankCode + base : blankCode;
    const length = text.length;
    for (let at = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      if (unit === blankCode) codes[cell++] = blank;
      else if (cellsOfUnit[unit] === 1) codes[cell++] = unit + base;
      else return takenApart(row, theme);
    }
    texts += text;
    looks.push(look);
    ends.push(cell);
  }
  return { width, codes, texts, looks, ends, doubtful: null };
}

/** Space for every code point and, above those, for clusters of several. */
const lookStep = 0x20_0000;
const firstClusterCode = 0x11_0000;
const mostClusters = lookStep - firstClusterCode;
const codeOfCluster = new Map<string, number>();

function takenApart(row: Row, theme: Theme): Cells {
  const texts: string[] = [];
  const codes: number[] = [];
  const looks: Look[] = [];
  const ends: number[] = [];
  const doubtful: boolean[] = [];
  for (const run of row) {
    const look = lookOf(run.style, theme);
    for (const { text, width } of clustersOf(run.text)) {
      // A cluster without width would join the one to its left.
      if (width === 0) continue;
      const isDoubtful = !isCertain(text);
      const code = text === ' ' && !look.hasGround ? blankCode : codeOf(text) + look.id * lookStep;
      for (let cell = 0; cell < width; cell++) {
        texts.push(cell === 0 ? text : '');
        codes.push(cell === 0 ? code : look.id * lookStep);
        doubtful.push(isDoubtful);
      }
    }
    looks.push(look);
    ends.push(texts.length);
  }
  return {
    width: texts.length,
    codes,
    texts,
    looks,
    ends,
    doubtful: doubtful.includes(true) ? doubtful : null,
  };
}

function codeOf(cluster: string): number {
  const point = cluster.codePointAt(0) ?? 0;
  if (cluster.length === (point > 0xffff ? 2 : 1)) return point;
  let code = codeOfCluster.get(cluster);
  if (code === undefined) {
    code = firstClusterCode + (codeOfCluster.size % mostClusters);
    codeOfCluster.set(cluster, code);
  }
  return code;
}

/**
 * Terminals have agreed for decades on the alphabets of Europe, on Chinese, Japanese and Korean characters (two cells
 * each) and on symbols. They disagree on emoji, joined characters and rare scripts.
 */
function isCertain(cluster: string): boolean {
  return cluster.length === 1 && cellsOfUnit[cluster.charCodeAt(0)] !== 0;
}
