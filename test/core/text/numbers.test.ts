import { expect, test } from 'vitest';
import {
  clock,
  clockWithSeconds,
  duration,
  elapsed,
  moment,
  tokens,
} from '../../../source/core/text/numbers.ts';
import { at, now } from '../../ui/sample.ts';

test.each([
  [-5, '0.0 s'],
  [0, '0.0 s'],
  [4100, '4.1 s'],
  [9949, '9.9 s'],
  [9950, '10 s'],
  [59_499, '59 s'],
  [59_900, '1m 00s'],
  [192_000, '3m 12s'],
  [3_599_999, '1h 00m'],
  [7_500_000, '2h 05m'],
  [100_800_000, '1d 04h'],
])('a duration of %i ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test.each([
  [0, '0 s'],
  [4999, '4 s'],
  [59_999, '59 s'],
  [192_999, '3m 12s'],
])('%i ms of elapsed time are %s: a running clock is never ahead', (ms, text) => {
  expect(elapsed(ms)).toBe(text);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1.0k'],
  [3449, '3.4k'],
  [9950, '10k'],
  [34_100, '34k'],
  [999_499, '999k'],
  [999_500, '1.0M'],
  [1_204_000, '1.2M'],
  [120_000_000, '120M'],
])('%i tokens are %s', (count, text) => {
  expect(tokens(count)).toBe(text);
});

test('a time is local', () => {
  expect(clock(at('09:05:07'))).toBe('09:05');
  expect(clockWithSeconds(at('09:05:07'))).toBe('09:05:07');
});

test('a future time names its day when that is not today', () => {
  expect(moment(at('14:00'), now)).toBe('14:00');
  expect(moment(new Date(2026, 0, 31, 8, 48).getTime(), now)).toBe('Sat 08:48');
  expect(moment(new Date(2026, 2, 12, 8, 48).getTime(), now)).toBe('12 Mar 08:48');
});
