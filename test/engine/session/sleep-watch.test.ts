import { expect, test } from 'vitest';
import { watchSleep } from '../../../source/engine/session/watches/sleep-watch.ts';
import { HandClock } from '../../helpers/hand-clock.ts';

const hour = 3_600_000;

test('a sleep is reported once, with the time of waking', () => {
  const clock = new HandClock();
  const sleepSince = watchSleep(clock);
  clock.turn(5000);
  expect(sleepSince()).toBeNull();
  clock.sleep(3 * hour);
  expect(sleepSince()).toEqual({ at: clock.now(), ms: 3 * hour });
  expect(sleepSince()).toBeNull();
});

test('neither a set clock nor a short nap is a sleep', () => {
  const clock = new HandClock();
  const sleepSince = watchSleep(clock);
  clock.set(clock.now() + 24 * hour);
  expect(sleepSince()).toBeNull();
  clock.sleep(20_000);
  expect(sleepSince()).toBeNull();
});
