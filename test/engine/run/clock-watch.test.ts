import { expect, test } from 'vitest';
import { watchClock } from '../../../source/engine/run/clock-watch.ts';
import { HandClock } from '../../helpers/hand-clock.ts';

test('setting the clock is reported once, with the amount; passing or slept time is not', () => {
  const clock = new HandClock();
  const setBy = watchClock(clock);
  clock.turn(3_600_000);
  clock.sleep(3_600_000);
  expect(setBy()).toBe(0);
  clock.set(clock.now() + 86_400_000);
  clock.turn(500);
  expect([setBy(), setBy()]).toEqual([86_400_000, 0]);
  clock.set(clock.now() - 5000);
  expect(setBy()).toBe(-5000);
});

test('drift is reported once it has added up', () => {
  const clock = new HandClock();
  const setBy = watchClock(clock);
  const told: number[] = [];
  for (let times = 0; times < 10; times++) {
    clock.set(clock.now() + 300);
    told.push(setBy());
  }
  expect(told.reduce((sum, ms) => sum + ms, 0)).toBe(2400);
});
