// Word wrap for runs of different styles: the text is wrapped as a whole, then each line gets its part of the runs.

import { wrapRanges, type TextRange } from '../look/text-wrap.ts';
import type { StyleRun } from './row.ts';
import { unbrokenRuns } from './unbroken-runs.ts';

export function wrapRuns(runs: readonly StyleRun[], width: number): StyleRun[][] {
  const text = runs.map((one) => one.text).join('');
  const whole = unbrokenRuns(runs);
  return wrapRanges(text, width).map((range) => runsIn(whole, range));
}

function runsIn(runs: readonly StyleRun[], { start, end }: TextRange): StyleRun[] {
  const inside: StyleRun[] = [];
  let at = 0;
  for (const { text, style } of runs) {
    if (at >= end) break;
    const part = text.slice(Math.max(0, start - at), Math.max(0, end - at));
    if (part !== '') inside.push({ text: part, style });
    at += text.length;
  }
  return inside;
}
