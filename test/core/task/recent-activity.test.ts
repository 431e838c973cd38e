import { describe, expect, test } from 'vitest';
import { recentActivity } from '../../../source/core/task/recent-activity.ts';

const minute = 60_000;
const notesAt = (...times: number[]) => times.map((at, index) => ({ offset: index, at }));

describe('recent activity', () => {
  test('counts the seconds of each whole minute in which the log grew', () => {
    const notes = notesAt(10 * minute, 10 * minute + 1000, 12 * minute + 59_999, 13 * minute);
    expect(recentActivity(notes, 13 * minute + 500)).toEqual([2, 0, 1]);
  });

  test('covers the last ten minutes', () => {
    const notes = notesAt(minute, 31 * minute, 39 * minute);
    expect(recentActivity(notes, 40 * minute)).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('is unknown before the first note, and in the current minute', () => {
    expect(recentActivity([], 40 * minute)).toEqual([]);
    expect(recentActivity(notesAt(40 * minute + 1), 40 * minute + 2)).toEqual([]);
  });

  test('is never more than 60 seconds per minute, and clocks that are set back do no harm', () => {
    const flood = Array.from({ length: 200 }, () => 5 * minute);
    expect(recentActivity(notesAt(...flood, 9 * minute), 6 * minute)).toEqual([60]);
    expect(recentActivity(notesAt(9 * minute), 6 * minute)).toEqual([]);
  });
});
