// A colour may begin within a character: between an accent and its letter, or between the halves of a flag. A terminal
// joins them all the same, and measured apart they would take other cells than they get: the whole character looks
// like its beginning.

import { clustersOf, isOneCellEach } from '../look/text-width.ts';
import type { StyleRun } from './row.ts';

/** Runs of the same text, none of which begins within a cluster. */
export function unbrokenRuns(runs: readonly StyleRun[]): readonly StyleRun[] {
  if (runs.length < 2 || runs.every(({ text }) => isOneCellEach(text))) return runs;
  const clusters = clustersOf(runs.map(({ text }) => text).join(''))[Symbol.iterator]();
  const whole: StyleRun[] = [];
  let [taken, wanted] = [0, 0];
  for (const one of runs) {
    wanted += one.text.length;
    let text = '';
    while (taken < wanted) {
      const cluster = clusters.next();
      if (cluster.done === true) break;
      text += cluster.value.text;
      taken += cluster.value.text.length;
    }
    if (text !== '' || one.text === '') whole.push({ ...one, text });
  }
  return whole;
}
