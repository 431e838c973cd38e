import { describe, expect, test } from 'vitest';
import { stepPaceMs, timeLeftMs } from '../../../source/core/checklist/eta.ts';
import {
  readStepTimes,
  stepTimesByStep,
  stepTimesText,
  type StepTime,
} from '../../../source/core/checklist/step-times.ts';

const minute = 60_000;

/** A session that began at `begin` and ticked a step at each of `minutes` after that. */
function session(number: number, begin: number, minutes: readonly number[]): StepTime[] {
  const tick = (at: number, step: number): StepTime => ({ at, session: number, step });
  return [
    tick(begin, 0),
    ...minutes.map((after, index) => tick(begin + after * minute, index + 1)),
  ];
}

describe('the pace', () => {
  test('is unknown before three steps are known', () => {
    expect(stepPaceMs([])).toBeNull();
    expect(stepPaceMs(session(1, 0, [4, 8]))).toBeNull();
    expect(stepPaceMs(session(1, 0, [4, 8, 12]))).toBe(4 * minute);
  });

  test('is the median, so one step that hung does not matter', () => {
    expect(stepPaceMs(session(1, 0, [2, 4, 64, 66, 70]))).toBe(2 * minute);
    expect(stepPaceMs(session(1, 0, [2, 6, 7, 11]))).toBe(3 * minute);
  });

  test('does not count the time between sessions', () => {
    const night = 600 * minute;
    expect(stepPaceMs([...session(1, 0, [3, 6]), ...session(2, night, [3])])).toBe(3 * minute);
  });

  test('is shared by steps that were ticked together', () => {
    const ticks = [
      ...session(1, 0, [9]),
      ...[2, 3].map((step) => ({ at: 9 * minute + 5, session: 1, step })),
    ];
    expect(stepPaceMs(ticks)).toBeCloseTo(3 * minute, -1);
  });

  test('is taken from the last five sessions', () => {
    const slow = session(1, 0, [50, 100, 150, 200]);
    const fast = [2, 3, 4, 5, 6].flatMap((number) => session(number, number * 1e8, [1, 2]));
    expect(stepPaceMs([...slow, ...fast])).toBe(minute);
  });

  test('of a session whose beginning was not seen is measured from its first tick', () => {
    expect(stepPaceMs(session(1, 0, [30, 32, 34, 36]).slice(1))).toBe(2 * minute);
  });
});

test('the time left is the pace times the open steps, null when none is open', () => {
  const ticks = session(1, 0, [2, 4, 6]);
  expect(timeLeftMs(ticks, 10)).toBe(20 * minute);
  expect(timeLeftMs(ticks, 0)).toBeNull();
  expect(timeLeftMs([], 10)).toBeNull();
});

describe('the step times', () => {
  test('are read back as written, without torn lines', () => {
    const ticks = session(3, 1000, [1, 2]);
    expect(readStepTimes(stepTimesText(ticks))).toEqual(ticks);
    expect(readStepTimes(`${stepTimesText(ticks)}17696844\nx y z\n-1 2 3`)).toEqual(ticks);
  });

  test('give the last time of each step', () => {
    const again = { at: 9 * minute, session: 2, step: 1 };
    expect(stepTimesByStep([...session(1, 0, [1, 2]), again]).get(1)).toEqual(again);
    expect(stepTimesByStep(session(1, 0, [1])).has(0)).toBe(false);
  });
});
