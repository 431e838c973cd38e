import { describe, expect, test } from 'vitest';
import {
  askAgainMs,
  isFresh,
  readGauge,
  readKeptGauge,
  waitForReserve,
} from '../../../source/core/limits/gauge.ts';

const now = Date.UTC(2026, 10, 28, 12);
const hour = 3_600_000;
const seconds = (at: number): number => at / 1000;
const week = 7 * 24 * 60;

const half = { usedPercent: 50, windowDurationMins: 300, resetsAt: seconds(now + hour) };
const read = (primary: unknown, secondary: unknown = null) =>
  readGauge({ rateLimits: { primary, secondary } }, now);

describe('what Codex tells of its usage windows', () => {
  test('is read window by window, and a time that it does not tell stays unknown', () => {
    expect(read(half, { usedPercent: 100, windowDurationMins: week, resetsAt: null })).toEqual([
      { usedPercent: 50, windowMinutes: 300, resetsAt: now + hour },
      { usedPercent: 100, windowMinutes: week, resetsAt: null },
    ]);
    expect(read(null, { usedPercent: 0 })).toEqual([
      { usedPercent: 0, windowMinutes: null, resetsAt: null },
    ]);
  });

  test.each<unknown>([
    {},
    { rateLimits: null },
    { rateLimits: [] },
    { rateLimits: {} },
    { rateLimits: { primary: null, secondary: null } },
    ...[
      [],
      'half',
      {},
      { ...half, usedPercent: -1 },
      { ...half, usedPercent: 101 },
      { ...half, usedPercent: '50' },
      { ...half, usedPercent: Infinity },
      { ...half, windowDurationMins: 0 },
      { ...half, windowDurationMins: 1e12 },
      { ...half, windowDurationMins: '300' },
      { ...half, resetsAt: 0 },
      // Milliseconds for seconds.
      { ...half, resetsAt: now },
      { ...half, resetsAt: '14:00' },
    ].map((primary) => ({ rateLimits: { primary, secondary: half } })),
  ])('counts as no answer where it is nonsense: %j', (result) => {
    expect(readGauge(result as Record<string, unknown>, now)).toBeNull();
  });

  test('is kept for five minutes, and a clock that is set back does not keep it longer', () => {
    const gauge = read(half);
    const kept = { askedAt: now, gauge };
    expect(readKeptGauge({ version: 1, ...kept })).toEqual(kept);
    expect(readKeptGauge({ version: 1, askedAt: now, gauge: null })?.gauge).toBeNull();
    expect(readKeptGauge({ version: 1, askedAt: now, gauge: [{ usedPercent: 500 }] })?.gauge).toBe(
      null,
    );
    expect(readKeptGauge({ version: 2, ...kept })).toBeNull();
    expect(isFresh(kept, now + askAgainMs - 1)).toBe(true);
    expect(isFresh(kept, now + askAgainMs)).toBe(false);
    expect(isFresh(kept, now - 1)).toBe(false);
  });
});

describe('a reserve', () => {
  const gauge = read(half, { ...half, usedPercent: 80, resetsAt: seconds(now + 2 * hour) })!;

  test('keeps a session from starting while less than it is left in any window, until that resets', () => {
    expect(waitForReserve(gauge, 20, now)).toBeNull();
    const wait = { reason: 'reserve', until: now + 2 * hour, sentence: 'reserve of 21%: 20% left' };
    expect(waitForReserve(gauge, 21, now)).toEqual(wait);
    expect(waitForReserve(gauge, 51, now + 1.5 * hour)).toMatchObject({ until: now + 2 * hour });
    expect(waitForReserve(gauge, 99, now + 2 * hour)).toBeNull();
  });

  test('has no time where a window has none', () => {
    expect(waitForReserve(read({ usedPercent: 95 }, half)!, 60, now)?.until).toBeNull();
  });

  test('is off at 0, even when nothing is left', () => {
    expect(waitForReserve(read({ ...half, usedPercent: 100 })!, 0, now)).toBeNull();
  });
});
