// From a time to its place in the log, by the times that the runner recorded and by the times of the sessions.

import { describe, expect, test } from 'vitest';
import type { SeenLog } from '../../../../source/ui/view/panes.ts';
import { positionOf, timesOf } from '../../../../source/ui/view/log/jump.ts';
import { entry, sessionBody } from '../../sample.ts';

const session = (number: number, startedAt: number, endedAt: number) => ({
  ...entry(null, { ...sessionBody, session: number }),
  startedAt,
  endedAt,
  offset: number * 100,
  lastOffset: number * 100 + 90,
});

const landmarks = [session(1, 1000, 1900), session(2, 2000, 2900), session(3, 3000, 3900)];

function seen(known: Partial<SeenLog>): { log: SeenLog } {
  return { log: { task: 'shop', entries: [], reading: null, landmarks, ...known } };
}

const placeAt = (at: number, known: Partial<SeenLog> = {}) => {
  const place = positionOf(seen(known), { kind: 'time', at });
  return place.kind === 'found' ? place.offset : place.kind;
};

describe('a time', () => {
  test('that was not recorded is in the session of that time, or at the start of the next', () => {
    expect(placeAt(2500)).toBe(200);
    expect(placeAt(2950)).toBe(300);
    expect(placeAt(0)).toBe(100);
    expect(placeAt(4000)).toBe('nowhere');
  });

  test('that was recorded has its recorded place', () => {
    expect(placeAt(2500, { offsetAt: () => 250 })).toBe(250);
    expect(placeAt(2000, { offsetAt: () => 191 })).toBe(191);
    expect(placeAt(5000, { offsetAt: () => 395 })).toBe(395);
  });

  test('before the first recorded one is at its session', () => {
    expect(placeAt(1500, { offsetAt: () => 380 })).toBe(100);
    expect(placeAt(1950, { offsetAt: () => 380 })).toBe(200);
  });
});

test('a log without times says so', () => {
  const place = positionOf(seen({ landmarks: [] }), { kind: 'time', at: 2000 });
  expect(place).toMatchObject({ why: 'This log has no times' });
});

describe('the time span of a log', () => {
  test('is from its first known time to its last', () => {
    expect(timesOf(seen({}), 9000)).toEqual({ from: 1000, to: 3900 });
    const timesKnown = () => ({ from: 500, to: 5000 });
    expect(timesOf(seen({ timesKnown }), 9000)).toEqual({ from: 500, to: 5000 });
  });

  test('is up to now while it is being read, or if no time is known', () => {
    expect(timesOf(seen({ reading: 0.5 }), 9000)).toEqual({ from: 1000, to: 9000 });
    expect(timesOf(seen({ landmarks: [] }), 9000)).toEqual({ from: 9000, to: 9000 });
  });
});
