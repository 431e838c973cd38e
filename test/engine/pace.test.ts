import { expect, test } from 'vitest';
import { keepLooking } from '../../source/engine/pace.ts';
import { HandClock } from '../helpers/hand-clock.ts';

function begin() {
  const clock = new HandClock(0);
  const lookedAt: number[] = [];
  const pace = keepLooking(clock, () => void lookedAt.push(clock.now()));
  const looksIn = (ms: number): number => {
    const before = lookedAt.length;
    clock.turn(ms);
    return lookedAt.length - before;
  };
  return { clock, pace, looksIn };
}

test('without changes it looks every second for half a minute, then every five seconds', () => {
  const { looksIn } = begin();
  expect(looksIn(30_000)).toBe(30);
  expect(looksIn(60_000)).toBe(12);
});

test('after a change it looks every second again', () => {
  const { pace, looksIn } = begin();
  looksIn(60_000);
  pace.hurry();
  expect(looksIn(30_000)).toBe(30);
  expect(looksIn(10_000)).toBe(2);
});

test('constant changes never make it look more often', () => {
  const { pace, looksIn } = begin();
  let looks = 0;
  for (let ms = 0; ms < 60_000; ms += 100) {
    pace.hurry();
    looks += looksIn(100);
  }
  expect(looks).toBe(60);
});

test('when stopped, it looks no more and leaves no timer', () => {
  const { clock, pace, looksIn } = begin();
  looksIn(40_000);
  pace.stop();
  expect([looksIn(60_000), clock.waiting]).toEqual([0, 0]);
});
