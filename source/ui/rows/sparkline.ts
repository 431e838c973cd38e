// How busy a task was lately, one cell per minute, the newest at the right: ▁▂▅▇▃▁▁▂

import { heights } from '../look/glyphs.ts';
import { dim, run, type StyleRun } from './row.ts';

/** Fewer cells than this show no trend. */
const fewest = 3;

/** At most `room` cells; empty if that is too few. `activity`: seconds with activity, per minute. */
export function sparkline(activity: readonly number[], room: number): readonly StyleRun[] {
  const shown = room < fewest ? [] : activity.slice(-room);
  return shown.length < fewest ? [] : [run(shown.map(barOf).join(''), dim)];
}

/** A square-root scale: the difference between one and ten events per minute matters more than thirty or sixty. */
function barOf(seconds: number): string {
  const top = heights.length - 1;
  return heights[Math.min(top, Math.ceil(top * Math.sqrt(seconds / 60)))] ?? ' ';
}
