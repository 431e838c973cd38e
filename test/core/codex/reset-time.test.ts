import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  longestWaitMs,
  lookAgainMs,
  namedResetTime,
  resetMarginMs,
  waitForReset,
} from '../../../source/core/codex/reset-time.ts';

const at = (text: string): number => new Date(text).getTime();
const limit = (when: string): string =>
  `You’ve hit your usage limit. Upgrade to Pro (https://chatgpt.com/explore/pro) or try again at ${when}.`;

describe('namedResetTime', () => {
  test.each([
    ['8:48 AM', '2026-11-22T08:48:00'],
    ['12:05 AM', '2026-11-22T00:05:00'],
    ['12:30 PM', '2026-11-22T12:30:00'],
    ['11:59 PM', '2026-11-22T23:59:00'],
    ['Nov 23rd, 2026 1:48 PM', '2026-11-23T13:48:00'],
    ['Dec 1st, 2026 12:00 AM', '2026-12-01T00:00:00'],
    ['Jan 2nd, 2027 9:07 AM', '2027-01-02T09:07:00'],
    ['Nov 24th, 2026 6:00 PM', '2026-11-24T18:00:00'],
  ])('%s, said on 22 November 2026, is local time %s', (when, expected) => {
    expect(namedResetTime(limit(when), at('2026-11-22T07:00:00'))).toBe(at(expected));
  });

  test('a bare time belongs to the day of the message, not to the day on which it is read', () => {
    expect(namedResetTime(limit('8:48 AM'), at('2026-11-20T23:00:00'))).toBe(
      at('2026-11-20T08:48:00'),
    );
  });

  test('the apostrophe may be either', () => {
    const ascii = limit('8:48 AM').replace('’', "'");
    expect(namedResetTime(ascii, at('2026-11-22T07:00:00'))).toBe(at('2026-11-22T08:48:00'));
  });

  test.each(['Try again later.', 'try again at 25:00 PM', 'try again at 9:75 AM', 'Foo 3rd, 2026'])(
    '"%s" names no time',
    (text) => {
      expect(namedResetTime(text, at('2026-11-22T07:00:00'))).toBeNull();
    },
  );

  test('a day that its month does not have is not a date', () => {
    const said = at('2026-11-22T07:00:00');
    expect(namedResetTime(limit('Feb 31st, 2027 1:00 PM'), said)).toBeNull();
  });
});

describe('on a day when clocks change', () => {
  const zone = process.env['TZ'];

  beforeEach(() => {
    process.env['TZ'] = 'Europe/Berlin';
  });

  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  const spring = 'Mar 28th, 2027';
  const autumn = 'Oct 31st, 2027';

  test.each([
    [spring, '1:59 AM', '2027-03-28T01:59:00+01:00'],
    [spring, '2:30 AM', '2027-03-28T03:30:00+02:00'],
    [spring, '3:01 AM', '2027-03-28T03:01:00+02:00'],
    [autumn, '1:59 AM', '2027-10-31T01:59:00+02:00'],
    [autumn, '2:30 AM', '2027-10-31T02:30:00+02:00'],
    [autumn, '3:01 AM', '2027-10-31T03:01:00+01:00'],
  ])('%s, %s is a moment in the zone of this process', (day, time, expected) => {
    const said = at('2027-03-01T12:00:00Z');
    expect(namedResetTime(limit(`${day} ${time}`), said)).toBe(at(expected));
  });

  test('an hour that comes twice means the second one once the first has passed', () => {
    const beforeIt = at('2027-10-31T00:10:00+02:00');
    const betweenThem = at('2027-10-31T02:50:00+02:00');
    const afterBoth = at('2027-10-31T04:00:00+01:00');
    const second = at('2027-10-31T02:30:00+01:00');
    expect(namedResetTime(limit('2:30 AM'), beforeIt)).toBe(at('2027-10-31T02:30:00+02:00'));
    expect(namedResetTime(limit('2:30 AM'), betweenThem)).toBe(second);
    expect(namedResetTime(limit('2:30 AM'), afterBoth)).toBe(second);
  });

  test('on any other day a time comes once', () => {
    const said = at('2027-10-30T12:00:00+02:00');
    expect(namedResetTime(limit('2:30 AM'), said)).toBe(at('2027-10-30T02:30:00+02:00'));
  });
});

describe('waitForReset', () => {
  const now = at('2026-11-22T07:00:00');

  test('waits until the named time plus a margin', () => {
    const until = waitForReset(limit('8:48 AM'), { saidAt: now, now });
    expect(until).toBe(at('2026-11-22T08:48:00') + resetMarginMs);
  });

  test('a time that has passed means soon', () => {
    const until = waitForReset(limit('6:00 AM'), { saidAt: now, now });
    expect(until).toBe(now + resetMarginMs);
  });

  test('each failed try after the named time doubles the wait', () => {
    const waits = Array.from({ length: 12 }, (_, looksInVain) => {
      const times = { saidAt: now, now, looksInVain };
      return waitForReset(limit('6:00 AM'), times) - now;
    });
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8].map((times) => times * resetMarginMs));
    expect(waits.at(-1)).toBe(lookAgainMs);
  });

  test('a margin of 0 still makes tries rarer', () => {
    const times = { saidAt: now, now, marginMs: 0, looksInVain: 5 };
    expect(waitForReset(limit('6:00 AM'), times) - now).toBe(32_000);
  });

  test('a forged or implausible time leads to a try every few hours', () => {
    const until = waitForReset(limit('Nov 22nd, 2096 1:48 PM'), { saidAt: now, now });
    expect(until).toBe(now + lookAgainMs);
  });

  test('"try again later" leads to a try every few hours', () => {
    expect(waitForReset('Try again later.', { saidAt: now, now })).toBe(now + lookAgainMs);
  });

  test('no wait is longer than a week', () => {
    for (let day = 22; day <= 30; day++) {
      const until = waitForReset(limit(`Nov ${day}th, 2026 1:48 PM`), { saidAt: now, now });
      expect(until - now).toBeLessThanOrEqual(longestWaitMs);
    }
  });
});
