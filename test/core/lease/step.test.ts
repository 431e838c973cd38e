import { describe, expect, test } from 'vitest';
import { leaseDurations } from '../../../source/core/lease/durations.ts';
import type { LeaseRecord, LeaseWrite } from '../../../source/core/lease/lease-record.ts';
import {
  beginOwnership,
  type Circumstances,
  type LeaseEffect,
  type LeaseFact,
  type Ownership,
} from '../../../source/core/lease/ownership.ts';
import { step } from '../../../source/core/lease/step.ts';

const free: LeaseRecord = { task: 't', owner: null, epoch: 1, nonce: 'n1', hubStart: 'one' };

/** Machine `a` with one task: what it is told, and what it then does. */
class Story {
  ownership: Ownership = beginOwnership(null);
  effects: readonly LeaseEffect[] = [];
  around: Circumstances = {
    task: 't',
    machine: 'a',
    now: 0,
    nonce: 'new',
    wants: true,
    isAlone: true,
    codexLives: false,
    durations: leaseDurations,
  };

  at(now: number, fact: LeaseFact, changed: Partial<Circumstances> = {}): this {
    this.around = { ...this.around, ...changed, now, nonce: `at ${now}` };
    const { ownership, effects } = step(this.ownership, fact, this.around);
    this.ownership = ownership;
    this.effects = effects;
    return this;
  }

  record(record: LeaseRecord | null, revision: number, hubStart = 'one'): LeaseFact {
    return { kind: 'record', hubStart, stored: { record, revision } };
  }

  get written(): LeaseWrite | null {
    const effect = this.effects.find((one) => one.do === 'write');
    return effect?.do === 'write' ? effect.write : null;
  }

  get reads(): readonly string[] {
    return this.effects.map((effect) => effect.do).filter((name) => name.startsWith('read'));
  }
}

const renewed = (sentAt: number, hubStart = 'one'): LeaseFact => ({
  kind: 'renewed',
  hubStart,
  sentAt,
});
const time: LeaseFact = { kind: 'time' };

/** Claimed at 0, stored as revision 6. */
function owner(): Story {
  const story = new Story();
  story.at(0, story.record(free, 5));
  const { record } = story.written!;
  return story.at(50, story.record(record, 6), { codexLives: true });
}

describe('a claim', () => {
  test('is not made, and no task released, before it is known that no other machine has this name', () => {
    const story = new Story();
    const own = { ...free, owner: 'a' };
    expect(story.at(0, story.record(own, 5), { isAlone: false }).written).toBeNull();
    expect(story.at(1, time, { wants: false }).written).toBeNull();
    expect(story.at(2, renewed(2), { wants: true, isAlone: true }).written).toMatchObject({
      kind: 'claim',
    });
  });

  test('is made on the revision that was read, and holds from before it was sent', () => {
    const story = new Story();
    story.at(0, story.record(free, 5));
    expect(story.written).toEqual({
      kind: 'claim',
      expected: 5,
      record: { task: 't', owner: 'a', epoch: 2, nonce: 'at 0', hubStart: 'one' },
      sentAt: 0,
    });
    story.at(900, story.record(story.written!.record, 6));
    expect(story.ownership.lease).toEqual({
      epoch: 2,
      nonce: 'at 0',
      hubStart: 'one',
      endsAt: 30_000,
    });
  });

  test('without an answer is asked for, and made anew only if it is not there', () => {
    const story = new Story();
    story.at(0, story.record(free, 5));
    story.at(1_500, time);
    expect(story.written).toBeNull();
    expect(story.reads).toEqual(['read record']);
    story.at(1_600, story.record(free, 5));
    expect(story.written).toMatchObject({ kind: 'claim', expected: 5, sentAt: 1_600 });
    expect(story.written!.record.nonce).toBe('at 1600');
  });

  test('that is found when asked for is not made again', () => {
    const story = new Story();
    story.at(0, story.record(free, 5));
    const { record } = story.written!;
    story.at(1_500, time).at(1_600, story.record(record, 6));
    expect(story.written).toBeNull();
    expect(story.ownership.lease).toMatchObject({ nonce: 'at 0', endsAt: 30_000 });
  });

  test('that was stored so late that its lease is over gives none, and is followed by another', () => {
    const story = new Story();
    story.at(0, story.record(free, 5));
    const { record } = story.written!;
    story.at(30_000, story.record(record, 6));
    expect(story.ownership.lease).toBeNull();
    expect(story.written).toMatchObject({ kind: 'claim', expected: 6, record: { epoch: 3 } });
  });

  test('is not made while Codex lives here without a lease', () => {
    const story = new Story();
    story.at(0, story.record(free, 5), { codexLives: true });
    expect(story.written).toBeNull();
    expect(story.at(400, time, { codexLives: false }).written).toMatchObject({ kind: 'claim' });
  });

  test('that was given up and stored after all is released', () => {
    const story = new Story();
    const mine: LeaseRecord = { ...free, owner: 'a', epoch: 2, nonce: 'given up' };
    story.at(0, story.record(mine, 6), { wants: false });
    expect(story.written).toMatchObject({ kind: 'release', expected: 6, record: { owner: null } });
  });
});

describe('a lease', () => {
  test('is over at its end, and an answer that comes then does not bring it back', () => {
    const story = owner().at(30_000, renewed(20_000));
    expect(story.ownership.lease).toBeNull();
    // Codex is ended first; then the task is claimed anew, which changes the revision.
    expect(story.written).toBeNull();
    story.at(30_300, time, { codexLives: false });
    expect(story.written).toMatchObject({ kind: 'claim', expected: 6, record: { epoch: 3 } });
  });

  test('is lost when the record names another claim', () => {
    const story = owner();
    story.at(9_000, story.record({ ...free, owner: 'b', epoch: 3, nonce: 'other' }, 7));
    expect(story.ownership.lease).toBeNull();
  });

  test('is lost when the record is gone', () => {
    const story = owner();
    expect(story.at(9_000, story.record(null, 7)).ownership.lease).toBeNull();
  });

  test('is taken over from a living warden by an engine that starts anew', () => {
    const { lease, seen } = owner().ownership;
    const story = new Story();
    story.ownership = beginOwnership(lease);
    story.at(10_000, story.record(seen!.stored.record, 6), { codexLives: true });
    expect(story.written).toBeNull();
    expect(story.at(12_000, renewed(11_000)).ownership.lease?.endsAt).toBe(41_000);
  });
});

describe('a release', () => {
  test('is sent when no place is left and Codex has ended; whoever has sent it holds nothing', () => {
    const story = owner().at(5_000, time, { wants: false });
    expect(story.written).toBeNull();
    story.at(6_000, time, { codexLives: false });
    expect(story.written).toMatchObject({ kind: 'release', expected: 6, record: { owner: null } });
    expect(story.ownership.lease).toBeNull();
  });

  test('without an answer is asked for, and made anew only if it is not there', () => {
    const story = owner().at(6_000, time, { wants: false, codexLives: false });
    const held = story.ownership.seen!.stored.record;
    const { record } = story.written!;
    story.at(7_500, time);
    expect(story.reads).toEqual(['read record']);
    story.at(7_600, story.record(held, 6));
    expect(story.written).toMatchObject({ kind: 'release', expected: 6 });
    // The first one was only late: the second is refused now, and there is nothing left to do.
    story.at(7_700, story.record(record, 7));
    expect(story.ownership).toMatchObject({ lease: null, write: null });
    expect(story.written).toBeNull();
  });
});

describe('after another start of the hub', () => {
  test('a lease is written anew, on what is there now, before a heartbeat extends it again', () => {
    const story = owner();
    story.at(8_000, renewed(7_000, 'two'));
    expect(story.ownership.lease?.endsAt).toBe(30_000);
    // An hour older: there the task was nobody's.
    story.at(9_000, story.record(free, 3, 'two'));
    expect(story.written).toEqual({
      kind: 'confirm',
      expected: 3,
      record: { task: 't', owner: 'a', epoch: 2, nonce: 'at 0', hubStart: 'two' },
      sentAt: 9_000,
    });
    story.at(9_100, story.record(story.written!.record, 4, 'two'));
    expect(story.ownership.lease).toMatchObject({ hubStart: 'two', endsAt: 39_000 });
    expect(story.at(10_000, renewed(9_900, 'two')).ownership.lease?.endsAt).toBe(39_900);
  });

  test('so is one whose record the hub has never had', () => {
    const story = owner();
    story.at(9_000, story.record(null, 0, 'two'));
    expect(story.written).toMatchObject({ kind: 'confirm', expected: 0 });
  });

  test('a lease that ends before that is no longer written anew', () => {
    const story = owner();
    story.at(29_000, story.record(free, 3, 'two')).at(30_000, time);
    expect(story.ownership).toMatchObject({ lease: null, write: null });
  });
});

test('the hub is asked every few seconds, whatever the watches tell', () => {
  const story = owner();
  const looks: number[] = [];
  for (let now = 0; now <= 20_000; now += 500) {
    if (story.at(now, renewed(now - 40)).reads.length > 0) looks.push(now);
  }
  expect(looks).toEqual([5_000, 10_000, 15_000, 20_000]);
});
