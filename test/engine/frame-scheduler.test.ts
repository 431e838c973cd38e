import { describe, expect, test } from 'vitest';
import {
  createFrameScheduler,
  animationFrameMs,
  type Outlook,
} from '../../source/engine/frame-scheduler.ts';
import { HandClock } from '../helpers/hand-clock.ts';

const quiet: Outlook = { isMoving: false, changesAt: null };

function begin(outlook: Outlook = quiet) {
  const clock = new HandClock();
  const drawnAt: number[] = [];
  const start = clock.now();
  const world = { outlook };
  const frames = createFrameScheduler(clock, () => {
    drawnAt.push(clock.now() - start);
    return world.outlook;
  });
  /** Advances the clock in small steps, as real time does, so that due frames are drawn in between. */
  const pass = async (ms: number) => {
    await Promise.resolve();
    for (let passed = 0; passed < ms; passed += 10) {
      clock.turn(10);
      await Promise.resolve();
    }
  };
  return { clock, frames, drawnAt, pass, world };
}

describe('a key', () => {
  test('is drawn at once', async () => {
    const { frames, drawnAt } = begin();
    frames.now();
    await Promise.resolve();
    expect(drawnAt).toEqual([0]);
  });

  test('is drawn at once, even right after another frame', async () => {
    const { frames, drawnAt, pass } = begin();
    frames.now();
    await pass(10);
    frames.now();
    await pass(10);
    expect(drawnAt).toEqual([0, 10]);
  });

  test('is drawn together with the other keys of the same read', async () => {
    const { frames, drawnAt } = begin();
    for (let keys = 0; keys < 5; keys++) frames.now();
    await Promise.resolve();
    expect(drawnAt).toEqual([0]);
  });
});

describe('data', () => {
  test('is drawn at once after a quiet while', async () => {
    const { frames, drawnAt, pass } = begin();
    await pass(500);
    frames.soon();
    await Promise.resolve();
    expect(drawnAt).toEqual([500]);
  });

  test('is drawn at once twice, then once per animation frame, and the last of it is never dropped', async () => {
    const { frames, drawnAt, pass } = begin();
    for (let ms = 0; ms < 1000; ms += 10) {
      frames.soon();
      await pass(10);
    }
    await pass(500);
    expect(drawnAt.slice(0, 2)).toEqual([0, 10]);
    expect(drawnAt.length).toBeLessThanOrEqual(12);
    expect(drawnAt.at(-1)).toBeGreaterThanOrEqual(990);
    for (const [index, at] of drawnAt.slice(2).entries()) {
      expect(at).toBeGreaterThanOrEqual(animationFrameMs * (index + 1));
    }
  });

  test('that was drawn with a key is not drawn again', async () => {
    const { frames, drawnAt, pass } = begin();
    frames.now();
    await pass(10);
    frames.soon();
    frames.now();
    await pass(500);
    expect(drawnAt).toEqual([0, 10]);
  });

  test('that changes while a frame is drawn is in that frame', async () => {
    const clock = new HandClock();
    let drawn = 0;
    const frames = createFrameScheduler(clock, () => {
      drawn++;
      frames.soon();
      frames.now();
      return quiet;
    });
    frames.now();
    await Promise.resolve();
    await Promise.resolve();
    expect([drawn, clock.waiting]).toEqual([1, 0]);
  });
});

describe('an animation', () => {
  test('is drawn at its interval; data is drawn at once and restarts the interval', async () => {
    const { frames, drawnAt, pass } = begin({ isMoving: true, changesAt: null });
    frames.now();
    await pass(50);
    frames.soon();
    await pass(2 * animationFrameMs);
    expect(drawnAt).toEqual([0, 50, 50 + animationFrameMs, 50 + 2 * animationFrameMs]);
  });

  test('stops its timer when it comes to rest', async () => {
    const { clock, frames, drawnAt, pass, world } = begin({ isMoving: true, changesAt: null });
    frames.now();
    await pass(animationFrameMs);
    world.outlook = quiet;
    await pass(1000);
    expect(drawnAt).toEqual([0, animationFrameMs, 2 * animationFrameMs]);
    expect(clock.waiting).toBe(0);
  });
});

describe('with nothing to do', () => {
  test('there is no timer', async () => {
    const { clock, frames } = begin();
    frames.now();
    await Promise.resolve();
    expect(clock.waiting).toBe(0);
  });

  test('what changes by itself is drawn at its time', async () => {
    const { clock, frames, drawnAt, pass, world } = begin();
    world.outlook = { isMoving: false, changesAt: clock.now() + 4000 };
    frames.now();
    await pass(10);
    world.outlook = quiet;
    await pass(9000);
    expect(drawnAt).toEqual([0, 4000]);
  });

  test('after closing, nothing is drawn and no timer is left', async () => {
    const { clock, frames, drawnAt, pass } = begin({ isMoving: true, changesAt: null });
    frames.now();
    await pass(50);
    frames.now();
    frames.close();
    await pass(1000);
    expect([drawnAt, clock.waiting]).toEqual([[0], 0]);
  });
});
