import { expect, test } from 'vitest';
import { sinceTime } from '../../../source/core/text/since.ts';

const now = new Date(2026, 0, 29, 12, 0, 0).getTime();

test.each([
  ['2h', now - 7_200_000],
  ['03:40', new Date(2026, 0, 29, 3, 40).getTime()],
  ['23:59', new Date(2026, 0, 28, 23, 59).getTime()],
  ['2026-01-29', new Date(2026, 0, 29).getTime()],
  ['2026-01-29T03:40:00Z', Date.UTC(2026, 0, 29, 3, 40)],
])('%s is a start time', (text, expected) => {
  expect(sinceTime(text, now)).toBe(expected);
});

test.each(['', '3', '25:00', '3:7', 'yesterday', '2026-13-01', '2h ago'])(
  '%j is not one',
  (text) => {
    expect(sinceTime(text, now)).toBeNull();
  },
);
