import { expect, test } from 'vitest';
import { jumpTarget } from '../../../source/ui/view/jump-target.ts';

const end = {
  from: new Date(2026, 0, 28, 22, 0, 0).getTime(),
  to: new Date(2026, 0, 29, 12, 0, 0).getTime(),
};

test('a time of day means its last occurrence before the end of the log', () => {
  expect(jumpTarget('3:40', end)).toEqual({
    kind: 'time',
    at: new Date(2026, 0, 29, 3, 40).getTime(),
  });
  expect(jumpTarget('23:59:30', end)).toEqual({
    kind: 'time',
    at: new Date(2026, 0, 28, 23, 59, 30).getTime(),
  });
});

test('a time that is not in the log is after its end, not a day before its beginning', () => {
  const at = new Date(2026, 0, 29, 21, 0).getTime();
  expect(jumpTarget('21:00', end)).toEqual({ kind: 'time', at });
});

test('a date chooses one of several days', () => {
  const at = new Date(2026, 0, 27, 3, 40).getTime();
  expect(jumpTarget('2026-01-27 03:40', end)).toEqual({ kind: 'time', at });
});

test('sessions and steps are given by number', () => {
  expect(jumpTarget('session 4', end)).toEqual({ kind: 'session', number: 4 });
  expect(jumpTarget('s4', end)).toEqual({ kind: 'session', number: 4 });
  expect(jumpTarget(' Step 7 ', end)).toEqual({ kind: 'step', number: 7 });
});

test.each(['', '4', '24:00', '3:60', 'seven', 'session', '2h', '2026-13-01'])(
  '%j is not a place',
  (text) => {
    expect(jumpTarget(text, end)).toBeNull();
  },
);
