// How busy a task was lately, a cell a minute, the newest at the right: ▁▂▅▇▃▁▁▂

import { heights } from '../look/glyphs.ts';
import { dim, run, type StyleRun } from './row.ts';

/** Fewer cells than these show no course. */
const fewest = 3;

/** In at most `room` cells; nothing where that is too little. `activity` is in seconds a minute. */
export function sparkline(activity: readonly number[], room: number): readonly StyleRun[] {
  const shown = room < fewest ? [] : activity.slice(-room);
  return shown.length < fewest ? [] : [run(shown.map(barOf).join(''), dim)];
}

/** By the root: between one event a minute and ten there is more to see than between thirty and sixty. */
function barOf(seconds: number): string {
  const top = heights.length - 1;
  return heights[Math.min(top, Math.ceil(top * Math.sqrt(seconds / 60)))] ?? ' ';
}
