import { expect, test } from 'vitest';
import { withinTime } from '../../source/system/time-limit.ts';

const place = new Int32Array(new SharedArrayBuffer(4));

/** Time passes, and this process does nothing. */
const rest = (ms: number): unknown => Atomics.wait(place, 0, 0, ms);

test('what takes too long is stopped, and what throws throws', () => {
  expect(withinTime(() => /^(a+)+$/.test(`${'a'.repeat(60)}b`), 30)).toBe(null);
  expect(withinTime(() => 'quick', 30)).toEqual({ value: 'quick' });
  expect(() =>
    withinTime(() => {
      throw new Error('no');
    }, 30),
  ).toThrow('no');
});

test('time in which the process did not run does not count', () => {
  let calls = 0;
  const interrupted = (): string => {
    if (++calls === 1) rest(60_000);
    return 'found';
  };
  expect(withinTime(interrupted, 200)).toEqual({ value: 'found' });
  expect(calls).toBe(2);
});

test('what never gets to run ends all the same', () => {
  expect(withinTime(() => rest(60_000), 100)).toBe(null);
});
