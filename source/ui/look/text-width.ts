// How many cells a text takes on a terminal, and how to cut it to fit. Widths come from `string-width`, which Ink uses,
// so that our rows and Ink's layout agree. It is called for one cluster at a time and its results are cached, because
// segmenting strings is the largest single cost of drawing a screen.

import stringWidth from 'string-width';

/** One character as a reader sees it: a letter with its accents, an emoji with its skin tone. */
export type Cluster = { readonly text: string; readonly width: number };

/** One-cell characters that never join their neighbours: most text, and everything that we draw ourselves. */
const oneCellRanges = [
  [0x20, 0x7e],
  [0xa1, 0xac],
  [0xae, 0x2ff],
  [0x3a3, 0x482],
  [0x48a, 0x52f],
  [0x2010, 0x2027],
  [0x2030, 0x205e],
  [0x2190, 0x2319],
  [0x232b, 0x23e8],
  [0x2460, 0x25fc],
  [0x25ff, 0x2613],
  [0x2690, 0x2692],
  [0x2694, 0x26a0],
  [0x2706, 0x2709],
  [0x270c, 0x2727],
  [0x2758, 0x2794],
  [0x2798, 0x27af],
  [0x27c0, 0x2b1a],
] as const;

/** Two-cell characters of East Asia, which do not join either. */
const twoCellRanges = [
  [0x3001, 0x3029],
  [0x3041, 0x3096],
  [0x30a1, 0x30ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xff01, 0xff60],
] as const;

/** Cells of a UTF-16 unit that is always a character of its own; 0: it depends on its neighbours. */
export const cellsOfUnit = new Uint8Array(0x1_0000);
for (const [first, last] of oneCellRanges) cellsOfUnit.fill(1, first, last + 1);
for (const [first, last] of twoCellRanges) cellsOfUnit.fill(2, first, last + 1);

const rememberedClusters = 4096;
const widthOfCluster = new Map<string, number>();
const rememberedTexts = 1024;
/** Texts of rows are segmented again and again; texts longer than this are not. */
const longestRemembered = 400;
const clustersOfText = new Map<string, readonly Cluster[]>();
let segmenter: Intl.Segmenter | undefined;

/** True if each UTF-16 unit is one cell, so that a plain slice cuts by cells. */
export function isOneCellEach(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (cellsOfUnit[text.charCodeAt(at)] !== 1) return false;
  }
  return true;
}

/** The cells that `text`, one line, takes. Control characters take none. */
export function textWidth(text: string): number {
  if (isOneCellEach(text)) return text.length;
  let width = 0;
  for (const cluster of clustersOf(text)) width += cluster.width;
  return width;
}

/** The clusters of `text`, including those without width. */
export function clustersOf(text: string): Iterable<Cluster> {
  if (text.length > longestRemembered) return segmented(text);
  const known = clustersOfText.get(text);
  if (known !== undefined) return known;
  const clusters = [...segmented(text)];
  if (clustersOfText.size >= rememberedTexts) clustersOfText.clear();
  clustersOfText.set(text, clusters);
  return clusters;
}

function* segmented(text: string): Generator<Cluster> {
  if (isOneClusterEach(text)) {
    for (let at = 0; at < text.length; at++) {
      yield { text: text.charAt(at), width: cellsOfUnit[text.charCodeAt(at)] ?? 0 };
    }
    return;
  }
  segmenter ??= new Intl.Segmenter();
  for (const { segment } of segmenter.segment(text)) {
    yield { text: segment, width: clusterWidth(segment) };
  }
}

function isOneClusterEach(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (cellsOfUnit[text.charCodeAt(at)] === 0) return false;
  }
  return true;
}

/** The longest beginning of `text` that fits into `width` cells. */
export function takeStart(text: string, width: number): string {
  if (width <= 0) return '';
  if (isOneCellEach(text)) return text.slice(0, width);
  let taken = '';
  let left = width;
  for (const cluster of clustersOf(text)) {
    if (cluster.width > left) break;
    left -= cluster.width;
    taken += cluster.text;
  }
  return taken;
}

/** The longest end of `text` that fits into `width` cells. */
export function takeEnd(text: string, width: number): string {
  if (width <= 0) return '';
  if (isOneCellEach(text)) return text.slice(Math.max(0, text.length - width));
  const clusters = [...clustersOf(text)];
  let taken = '';
  let left = width;
  for (const cluster of clusters.reverse()) {
    if (cluster.width > left) break;
    left -= cluster.width;
    taken = cluster.text + taken;
  }
  return taken;
}

/** For texts: `Reading the task l…` */
export function cutEnd(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width <= 0) return '';
  return takeStart(text, width - 1).trimEnd() + '…';
}

/** For paths: `…ce/ui/text-width.ts` */
export function cutFront(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width <= 0) return '';
  return '…' + takeEnd(text, width - 1).trimStart();
}

/** For names, whose ends tell them apart: `build-rest…-todo` */
export function cutMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width <= 0) return '';
  const start = takeStart(text, Math.ceil(((width - 1) * 2) / 3));
  return start + '…' + takeEnd(text, width - 1 - textWidth(start));
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text;
}

function clusterWidth(cluster: string): number {
  const known = widthOfCluster.get(cluster);
  if (known !== undefined) return known;
  const width = stringWidth(cluster);
  if (widthOfCluster.size >= rememberedClusters) widthOfCluster.clear();
  widthOfCluster.set(cluster, width);
  return width;
}
