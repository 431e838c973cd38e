import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../source/system/clock.ts';

const dayMs = 86_400_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a wait until a time', () => {
  test('calls back when the time has come, and not before', () => {
    const called = vi.fn();
    systemClock.wakeAt(Date.now() + 90_000, called);
    vi.advanceTimersByTime(89_000);
    expect(called).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1001);
    expect(called).toHaveBeenCalledOnce();
  });

  test('calls back soon after the clock was set past the time', () => {
    const called = vi.fn();
    systemClock.wakeAt(Date.now() + dayMs / 2, called);
    vi.setSystemTime(Date.now() + dayMs);
    vi.advanceTimersByTime(30_001);
    expect(called).toHaveBeenCalledOnce();
  });

  test('does not last a day longer because the clock was set back by a day', () => {
    const called = vi.fn();
    systemClock.wakeAt(Date.now() + 300, called);
    vi.setSystemTime(Date.now() - dayMs);
    vi.advanceTimersByTime(301);
    expect(called).toHaveBeenCalledOnce();
  });

  test('never calls back after it was cancelled', () => {
    const called = vi.fn();
    systemClock.wakeAt(Date.now() + 90_000, called)();
    vi.advanceTimersByTime(dayMs);
    expect(called).not.toHaveBeenCalled();
  });
});

describe('a repeated call', () => {
  test('coincides with all others whose intervals are whole half seconds', () => {
    const times: number[] = [];
    const look = (): void => void times.push(Math.round(performance.now()));
    const stops = [systemClock.every(1000, look)];
    vi.advanceTimersByTime(370);
    stops.push(systemClock.every(5000, look));
    vi.advanceTimersByTime(130);
    stops.push(systemClock.every(500, look));
    vi.advanceTimersByTime(10_000);
    expect(times).toHaveLength(32);
    expect(new Set(times.map((at) => at % 500)).size).toBe(1);
    for (const stop of stops) stop();
    vi.advanceTimersByTime(10_000);
    expect(times).toHaveLength(32);
  });

  test('comes no sooner than its interval if that is not a whole half second', () => {
    const called = vi.fn();
    const stop = systemClock.every(70, called);
    vi.advanceTimersByTime(69);
    expect(called).not.toHaveBeenCalled();
    vi.advanceTimersByTime(71);
    expect(called).toHaveBeenCalledTimes(2);
    stop();
  });
});
