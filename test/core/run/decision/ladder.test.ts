import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ladderAfter,
  onRung,
  rungThatNeedsUser,
  unstuck,
  withWordOfRung,
} from '../../../../source/core/run/decision/ladder.ts';
import { beginRun } from '../../../../source/core/run/begin-run.ts';
import {
  bottomOfLadder,
  type Ladder,
  type Run,
  type Stall,
} from '../../../../source/core/run/run.ts';
import { beginningOf, listOf } from '../../../helpers/run-story.ts';

const { run: fresh } = beginRun(beginningOf(), 0);

/** A run whose last look found this many ticks. */
const runWith = (changes: Partial<Run>, done = 3): Run => ({
  ...fresh,
  lastList: listOf({ done, total: 9 }),
  ...changes,
});

const anyLadder: fc.Arbitrary<Ladder> = fc.record({
  rung: fc.integer({ min: 0, max: rungThatNeedsUser }),
  sessionsWithoutTick: fc.integer({ min: 0, max: 2 }),
});
const anyStall = fc.constantFrom<Stall | null>(null, 'silence', 'command', 'network');

/** Sessions without a tick, one after the other. */
function after(stalls: readonly (Stall | null)[], ladder: Ladder = bottomOfLadder): Ladder {
  return stalls.reduce<Ladder>(
    (reached, stall) => ladderAfter(runWith({ ladder: reached, stall }), 3),
    ladder,
  );
}

describe('without a tick', () => {
  test('a run only climbs, one rung at a time, up to the one that asks the user', () => {
    fc.assert(
      fc.property(anyLadder, anyStall, (ladder, stall) => {
        const { rung } = after([stall], ladder);
        expect(rung).toBeGreaterThanOrEqual(ladder.rung);
        expect(rung).toBeLessThanOrEqual(Math.min(ladder.rung + 1, rungThatNeedsUser));
      }),
    );
  });

  test.each(['silence', 'command'] as const)(
    'each session stopped for %s climbs a rung',
    (stall) => {
      const rungs = [1, 2, 3, 4, 5].map((count) => after(Array<Stall>(count).fill(stall)).rung);
      expect(rungs).toEqual([1, 2, 3, 4, 4]);
    },
  );

  test('every third session that ended by itself climbs a rung', () => {
    const rungs = Array.from(
      { length: 13 },
      (_, count) => after(Array<null>(count).fill(null)).rung,
    );
    expect(rungs).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4]);
  });

  test('a stall starts the count of sessions over', () => {
    expect(after([null, null, 'silence', null, null])).toEqual({ rung: 1, sessionsWithoutTick: 2 });
  });

  test('a lost network changes nothing', () => {
    fc.assert(
      fc.property(anyLadder, (ladder) => {
        expect(after(['network'], ladder)).toEqual(ladder);
      }),
    );
  });

  test('a step that was unticked is no progress', () => {
    expect(ladderAfter(runWith({ stall: 'silence' }), 2).rung).toBe(1);
  });

  test('fifteen sessions reach the user, whatever happens, if the network holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Stall | null>(null, 'silence'), { minLength: 15, maxLength: 15 }),
        (stalls) => {
          expect(after(stalls).rung).toBe(rungThatNeedsUser);
        },
      ),
    );
  });
});

test('a tick leads back to the bottom from every rung, even in a session that stalled', () => {
  fc.assert(
    fc.property(anyLadder, anyStall, (ladder, stall) => {
      expect(ladderAfter(runWith({ ladder, stall }), 4)).toEqual(bottomOfLadder);
    }),
  );
});

describe('of an adopted session', () => {
  const neverRead = {
    lastList: null,
    stall: 'silence',
    ladder: { rung: 2, sessionsWithoutTick: 1 },
  } as const;

  test('the ticks of the run before count', () => {
    expect(ladderAfter(runWith({ ...neverRead, tickedBefore: 3 }), 3).rung).toBe(3);
    expect(ladderAfter(runWith({ ...neverRead, tickedBefore: 3 }), 4)).toEqual(bottomOfLadder);
  });

  test('the ladder starts over if they are not known', () => {
    expect(ladderAfter(runWith({ ...neverRead, tickedBefore: null }), 3)).toEqual(bottomOfLadder);
  });
});

describe('what a session is told', () => {
  test.each([
    [0, 0, []],
    [0, 2, []],
    [1, 0, ['stalled']],
    [1, 1, []],
    [2, 0, ['stalled']],
    [2, 2, []],
    [3, 0, ['split-step']],
    [3, 2, ['split-step']],
    [4, 1, ['split-step']],
  ] as const)('on rung %i after %i more sessions is %j', (rung, sessionsWithoutTick, kinds) => {
    const run = runWith({ ladder: { rung, sessionsWithoutTick } });
    expect(withWordOfRung(run, []).map(({ kind }) => kind)).toEqual(kinds);
  });

  test('keeps everything else and never says a thing twice', () => {
    fc.assert(
      fc.property(anyLadder, (ladder) => {
        const run = runWith({ ladder });
        const once = withWordOfRung(run, [{ kind: 'interrupted' }]);
        expect(once[0]).toEqual({ kind: 'interrupted' });
        expect(withWordOfRung(run, once)).toEqual(once);
      }),
    );
  });

  test('is a nudge in the same conversation first, and then comes in a fresh one', () => {
    const run = runWith({ thread: 'a-thread' });
    expect([1, 2, 3, 4].map((rung) => onRung(run, rung))).toEqual([
      { resume: 'a-thread', additions: [{ kind: 'stalled' }] },
      { resume: null, additions: [{ kind: 'stalled' }] },
      { resume: null, additions: [{ kind: 'split-step' }] },
      { resume: null, additions: [{ kind: 'split-step' }] },
    ]);
  });
});

describe('a run that asks about its step', () => {
  const stuckAt = listOf({ done: 3, total: 9 });
  const stuck = runWith({ stuckAt, ladder: { rung: rungThatNeedsUser, sessionsWithoutTick: 0 } });

  test('asks on while the list looks the same', () => {
    expect(unstuck(stuck, { ...stuckAt })).toBe(stuck);
  });

  test.each([
    ['a tick', listOf({ done: 4, total: 9 })],
    ['another step', listOf({ done: 3, total: 10 })],
    ['other words for the step', listOf({ done: 3, total: 9, next: 'Do less' })],
    ['a list that is gone', null],
  ])('tries again from the bottom after %s', (_what, list) => {
    expect(unstuck(stuck, list)).toMatchObject({ stuckAt: null, ladder: bottomOfLadder });
  });
});
