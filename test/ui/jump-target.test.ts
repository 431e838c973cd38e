import { expect, test } from 'vitest';
import { jumpTarget } from '../../source/ui/jump-target.ts';

const end = new Date(2026, 0, 29, 12, 0, 0).getTime();

test('a time is the last one before the end that a clock showed so', () => {
  expect(jumpTarget('3:40', end)).toEqual({
    kind: 'time',
    at: new Date(2026, 0, 29, 3, 40).getTime(),
  });
  expect(jumpTarget('23:59:30', end)).toEqual({
    kind: 'time',
    at: new Date(2026, 0, 28, 23, 59, 30).getTime(),
  });
});

test('sessions and steps go by their numbers', () => {
  expect(jumpTarget('session 4', end)).toEqual({ kind: 'session', number: 4 });
  expect(jumpTarget('s4', end)).toEqual({ kind: 'session', number: 4 });
  expect(jumpTarget(' Step 7 ', end)).toEqual({ kind: 'step', number: 7 });
});

test.each(['', '4', '24:00', '3:60', 'seven', 'session'])('%j is no place', (text) => {
  expect(jumpTarget(text, end)).toBeNull();
});
