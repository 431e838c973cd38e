// A row as cells, to be compared with another one number by number. Most rows are text of one cell a character, and
// their text stays one string; only rows with wide characters are taken apart.

import type { Row } from '../rows/row.ts';
import { lookOf, type Look } from './sgr.ts';
import { cellsOfUnit, clustersOf } from '../look/text-width.ts';
import type { Theme } from '../look/theme.ts';

export type Cells = {
  readonly width: number;
  /**
   * A number a cell. Cells look the same just when their numbers are. A plain array: the memory of a typed one is
   * asked for and given back outside of the heap, for each row that changes.
   */
  readonly codes: readonly number[];
  /** One a cell. A cluster stands in the first of its cells; in the others stands the empty text. */
  readonly texts: string | readonly string[];
  /** Runs of one look, and where each ends. */
  readonly looks: readonly Look[];
  readonly ends: readonly number[];
  /** Null: every terminal agrees how wide everything in it is. Else whether one disagrees, by cell. */
  readonly doubtful: readonly boolean[] | null;
};

/** A blank without a ground looks the same in every look. */
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

/** Room for every character and, above those, for clusters of several. */
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
      // What has no width of its own would join whatever stands left of it.
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
 * Terminals have agreed for decades on the alphabets of Europe, on Chinese, Japanese and Korean characters with two
 * cells each, and on signs. Emoji, joined characters and rare scripts are another matter.
 */
function isCertain(cluster: string): boolean {
  return cluster.length === 1 && cellsOfUnit[cluster.charCodeAt(0)] !== 0;
}
