import { describe, expect, test } from 'vitest';
import { extended, wardenDecision, type Lease } from '../../../source/core/lease/lease.ts';

const lease: Lease = { epoch: 3, nonce: 'n3', hubStart: 'one', endsAt: 30_000 };
const leaseMs = 30_000;
const answer = { epoch: 3, nonce: 'n3', hubStart: 'one', sentAt: 10_000 };

describe('a lease', () => {
  test('goes on from when the heartbeat was sent, however late the answer comes', () => {
    for (const now of [10_001, 29_999]) {
      expect(extended(lease, answer, { now, leaseMs })).toEqual({ ...lease, endsAt: 40_000 });
    }
  });

  test('that has ended is not extended, even by an answer whose own 30 s have not passed', () => {
    for (const now of [30_000, 35_000]) {
      expect(extended(lease, answer, { now, leaseMs })).toEqual(lease);
    }
  });

  test('does not end earlier because of an answer that was overtaken', () => {
    expect(extended(lease, { ...answer, sentAt: -5_000 }, { now: 12_000, leaseMs })).toEqual(lease);
  });

  test.each([{ epoch: 2 }, { epoch: 4 }, { nonce: 'n2' }])(
    'is not extended by an answer to another claim: %j',
    (other) => {
      expect(extended(lease, { ...answer, ...other }, { now: 12_000, leaseMs })).toEqual(lease);
    },
  );
});

describe('the warden', () => {
  test.each([
    [0, 'let it work'],
    [24_999, 'let it work'],
    [25_000, 'interrupt'],
    [29_999, 'interrupt'],
    [30_000, 'kill'],
    // The clock went on while the machine slept.
    [8 * 3600_000, 'kill'],
  ])('looks at %i ms: %s', (now, decision) => {
    expect(wardenDecision(lease, { now, interruptMs: 5_000 })).toBe(decision);
  });
});
