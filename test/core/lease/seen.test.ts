import { describe, expect, test } from 'vitest';
import { leaseDurations } from '../../../source/core/lease/durations.ts';
import type { LeaseRecord, Stored } from '../../../source/core/lease/lease-record.ts';
import {
  chanceToWrite,
  withHeartbeat,
  withRecord,
  type HeartbeatNews,
  type Seen,
} from '../../../source/core/lease/seen.ts';

const record: LeaseRecord = { task: 't', owner: 'a', epoch: 1, nonce: 'n1', hubStart: 'one' };
const stored: Stored = { record, revision: 5 };
const beat: HeartbeatNews = { hubStart: 'one', machine: 'a', revision: 6, askedAt: null };

const seenRecord = (changed: Partial<LeaseRecord> = {}): Seen =>
  withRecord(
    null,
    { hubStart: 'one', stored: { record: { ...record, ...changed }, revision: 5 } },
    0,
  );

function heard(seen: Seen, news: Partial<HeartbeatNews>, now: number): Seen {
  return withHeartbeat(seen, { ...beat, ...news }, now)!;
}

const chance = (seen: Seen, now: number) => chanceToWrite(seen, 'b', { now, ...leaseDurations });

describe('a task of another machine', () => {
  test('is free when its heartbeat was silent for lease and margin, and was asked for once more after that', () => {
    const seen = heard(seenRecord(), {}, 1_000);
    expect(chance(seen, 35_999)).toEqual({ may: 'not before', at: 36_000 });
    expect(chance(seen, 36_000)).toEqual({ may: 'ask' });
    expect(chance(heard(seen, { askedAt: 36_000 }, 36_050), 36_050)).toEqual({ may: 'now' });
  });

  test('is not free by an answer to what was asked before the silence was long enough', () => {
    const seen = heard(heard(seenRecord(), {}, 1_000), { askedAt: 35_999 }, 80_000);
    expect(chance(seen, 80_000)).toEqual({ may: 'ask' });
  });

  test('is not free before its heartbeat was seen', () => {
    expect(chance(seenRecord(), 100_000)).toEqual({ may: 'ask' });
  });

  test.each([
    ['a heartbeat', (seen: Seen) => heard(seen, { revision: 7, askedAt: 40_000 }, 40_050)],
    [
      'a change of the record',
      (seen: Seen) =>
        withRecord(seen, { hubStart: 'one', stored: { record, revision: 8 } }, 40_050),
    ],
  ])('keeps its owner for lease and margin after %s', (_, news) => {
    const seen = news(heard(seenRecord(), {}, 1_000));
    expect(chance(seen, 40_050)).toEqual({ may: 'not before', at: 75_050 });
  });

  test('keeps its silence when news arrive that were overtaken, or are of a third machine', () => {
    const seen = heard(seenRecord(), {}, 1_000);
    const older = withRecord(seen, { hubStart: 'one', stored: { ...stored, revision: 4 } }, 9_000);
    expect(older).toEqual(seen);
    expect(heard(seen, { revision: 3 }, 9_000)).toEqual(seen);
    expect(heard(seen, { machine: 'c', revision: 9 }, 9_000)).toEqual(seen);
  });
});

describe('a task of nobody, or of this machine', () => {
  test.each([null, 'b'])('is free at once (owner: %s)', (owner) => {
    expect(chance(seenRecord({ owner }), 0)).toEqual({ may: 'now' });
  });

  test.each([null, 'b'])(
    'is not, for lease and margin, if that was written in an earlier start of the hub (owner: %s)',
    (owner) => {
      const seen = seenRecord({ owner, hubStart: 'an earlier one' });
      expect(chance(seen, 34_999)).toEqual({ may: 'not before', at: 35_000 });
      expect(chance(seen, 35_000)).toEqual({ may: 'now' });
    },
  );
});

test('after another start of the hub a silence begins anew, with whatever revision', () => {
  const seen = heard(heard(seenRecord(), {}, 1_000), { askedAt: 40_000 }, 40_050);
  expect(withHeartbeat(seen, { ...beat, hubStart: 'two' }, 41_000)).toBeNull();
  const after = withRecord(seen, { hubStart: 'two', stored: { record, revision: 2 } }, 41_000);
  expect(after).toEqual({
    hubStart: 'two',
    stored: { record, revision: 2 },
    storedSeenAt: 41_000,
    heartbeat: null,
  });
});

test('a task that the hub does not know is never free', () => {
  const seen = withRecord(null, { hubStart: 'one', stored: { record: null, revision: 0 } }, 0);
  expect(chance(seen, 1e9)).toEqual({ may: 'never' });
});
