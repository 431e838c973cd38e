import { expect, test } from 'vitest';
import { leaseDurations } from '../../../source/core/lease/durations.ts';
import { clockDrift } from './model/schedule.ts';

const { leaseMs, heartbeatMs, marginMs, interruptMs, wardenLookMs } = leaseDurations;

/** Of true time, from when the last confirmed heartbeat was sent. */
const longestLife = (drift: number, killMs: number): number =>
  (leaseMs + wardenLookMs) / (1 - drift) + killMs;
const shortestWait = (drift: number): number => (leaseMs + marginMs) / (1 + drift);

test('the margin covers two clocks that are wrong by one percent, the look of the warden, and 3 s to end Codex', () => {
  expect(shortestWait(clockDrift)).toBeGreaterThan(longestLife(clockDrift, 3_000));
});

test('without the margin it would cover none of them', () => {
  expect(shortestWait(clockDrift) - marginMs).toBeLessThan(longestLife(0, 0));
});

test('clocks may be wrong by six percent as long as the warden looks in time', () => {
  expect(shortestWait(0.06)).toBeGreaterThan(longestLife(0.06, 400));
});

test('two heartbeats in a row may be lost before Codex is asked to end', () => {
  expect(2 * heartbeatMs).toBeLessThan(leaseMs - interruptMs);
});
