// How busy a task was lately: in how many seconds of each recent minute its session's log grew. The runner notes
// growth of the log at most once per second, see log-times.ts.

import type { TimeNote } from '../log/times.ts';

const activityMinutes = 10;
export const minuteMs = 60_000;

/**
 * Busy seconds (0 to 60) of each of the last ten whole minutes, newest last. Minutes before the first note are left
 * out: nothing is known about them.
 */
export function recentActivity(notes: readonly TimeNote[], now: number): readonly number[] {
  const end = Math.floor(now / minuteMs);
  const known = notes.reduce((earliest, { at }) => Math.min(earliest, at), now);
  const first = Math.max(end - activityMinutes, Math.floor(known / minuteMs));
  const seconds = Array.from({ length: Math.max(0, end - first) }, () => 0);
  for (const { at } of notes) {
    const minute = Math.floor(at / minuteMs) - first;
    const before = seconds[minute];
    if (before !== undefined) seconds[minute] = Math.min(60, before + 1);
  }
  return seconds;
}
