// A colour may begin inside a character: between a letter and its accent, or between the halves of a flag. A terminal
// joins the parts all the same, so measuring them separately would give a wrong width. The whole character gets the
// style of its first part.

import { clustersOf, isOneCellEach } from '../look/text-width.ts';
import type { StyleRun } from './row.ts';

/** Runs of the same text, none of which begins inside a cluster. */
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
