import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hoursText,
  isWithin,
  nextOpening,
  nextTime,
  readClock,
  readHours,
  type Hours,
} from '../../../source/core/limits/hours.ts';

const night = { from: 22 * 60, to: 7 * 60 };
const anyMinutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
const anyHours: fc.Arbitrary<Hours> = fc
  .tuple(anyMinutes, anyMinutes)
  .filter(([from, to]) => from !== to)
  .map(([from, to]) => ({ from, to }));
/** 2020 to 2035: every change of the clocks of the zone that the test runs in. */
const anyTime = fc.integer({ min: 1_577_836_800_000, max: 2_066_000_000_000 });

describe('hours', () => {
  test.each([
    ['22:00-07:00', night],
    ['9:00-17:30', { from: 540, to: 1050 }],
    ['22:00 - 07:00', night],
  ])('are read from %j', (text, hours) => {
    expect(readHours(text)).toEqual(hours);
  });

  test.each(['', '25:00-1', '09:00-09:00', '22-7', '22:00', '22:00-07:00-08:00', '22:60-07:00'])(
    'are refused where they make no sense: %j',
    (text) => {
      expect(readHours(text)).toBeNull();
    },
  );

  test('are written as they are read', () => {
    fc.assert(
      fc.property(anyHours, (hours) => {
        expect(readHours(hoursText(hours))).toEqual(hours);
      }),
    );
  });

  test('go across midnight: the first minute belongs to them, the last does not', () => {
    const at = (text: string): boolean => isWithin(night, new Date(`2026-03-10T${text}`).getTime());
    expect(['21:59', '22:00', '00:00', '06:59', '07:00', '12:00'].map(at)).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('begin next at a time that lies in them, within two days, and never before now', () => {
    fc.assert(
      fc.property(anyHours, anyTime, (hours, at) => {
        const opening = nextOpening(hours, at);
        expect(opening).toBeGreaterThanOrEqual(at);
        expect(opening - at).toBeLessThanOrEqual(2 * 86_400_000);
        expect(isWithin(hours, opening)).toBe(true);
        if (isWithin(hours, at)) expect(opening).toBe(at);
      }),
      { numRuns: 2000 },
    );
  });
});

test('a time of day means the next time that the clock shows it', () => {
  const at = new Date('2026-03-10T08:00').getTime();
  expect(nextTime(readClock('09:30') ?? 0, at)).toBe(new Date('2026-03-10T09:30').getTime());
  expect(nextTime(readClock('07:00') ?? 0, at)).toBe(new Date('2026-03-11T07:00').getTime());
  expect(nextTime(readClock('08:00') ?? 0, at)).toBe(new Date('2026-03-11T08:00').getTime());
});
