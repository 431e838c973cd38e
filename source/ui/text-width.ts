// How many cells a text takes on a terminal, and how it is cut to fit. Width is asked of `string-width`,
// Ink's own measure, so that our rows and Ink's layout never disagree; but it is asked for one cluster at a
// time and remembered, because segmenting strings is the largest single cost of drawing a screen.

import stringWidth from 'string-width';

/** One character as a reader sees it: a letter with its accents, an emoji with its skin tone. */
export type Cluster = { readonly text: string; readonly width: number };

/** Characters of one cell that never join with what stands beside them: most text, and all that we draw. */
const oneCellEach =
  /^[ -~\u00a1-\u00ac\u00ae-\u02af\u2010-\u2027\u2190-\u2193\u21e2\u2500-\u259f\u2800-\u28ff]*$/;

const rememberedClusters = 4096;
const widthOfCluster = new Map<string, number>();
let segmenter: Intl.Segmenter | undefined;

/** True where cells and UTF-16 units are the same thing, so that slicing is cutting. */
export function isOneCellEach(text: string): boolean {
  return oneCellEach.test(text);
}

/** Cells that `text`, one line, takes. Control characters take none. */
export function textWidth(text: string): number {
  if (isOneCellEach(text)) return text.length;
  let width = 0;
  for (const cluster of clustersOf(text)) width += cluster.width;
  return width;
}

/** The clusters of `text`, those without any width included. */
export function* clustersOf(text: string): Generator<Cluster> {
  segmenter ??= new Intl.Segmenter();
  for (const { segment } of segmenter.segment(text)) {
    yield { text: segment, width: clusterWidth(segment) };
  }
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
