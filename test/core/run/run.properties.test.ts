import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunBeginning } from '../../../source/core/run/run.ts';
import { allDone, failing, open } from '../../helpers/run-story.ts';
import { anyBeginning, anyMoves, CoreWorld, type Move } from '../../helpers/core-world.ts';

function worldAfter(beginning: RunBeginning, moves: readonly Move[]) {
  const world = new CoreWorld(beginning);
  for (const move of moves) {
    if ('pay' in move) world.pay(move.pay);
    else world.tell(move.tell);
  }
  return world;
}

/** How many sessions the run might start: by its beginning, and as the user changes it. */
function limitsOf(beginning: RunBeginning, moves: readonly Move[]): (number | null)[] {
  const changes = moves.flatMap((move) =>
    'tell' in move && move.tell.kind === 'settings' ? [move.tell.changed.maxSessions] : [],
  );
  return [beginning.settings.maxSessions, ...changes.filter((limit) => limit !== undefined)];
}

/** Answers every pending effect, the oldest first, until the run has ended or none is pending. */
function payAll(world: CoreWorld): void {
  for (let turn = 0; turn < 500 && !world.hasEnded; turn++) if (!world.pay(0)) return;
}

describe('whatever the facts and their order', () => {
  test('no two Codex ever live for one task, and a run never ends while one does', () => {
    fc.assert(
      fc.property(anyBeginning, anyMoves, (beginning, moves) => {
        expect(worldAfter(beginning, moves).broken).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  test('no more sessions start than the largest limit that counted', () => {
    fc.assert(
      fc.property(anyBeginning, anyMoves, (beginning, moves) => {
        const { starts } = worldAfter(beginning, moves);
        const before = beginning.sessionsStarted;
        const limits = limitsOf(beginning, moves).map((limit) => limit ?? Infinity);
        expect(before + starts.length).toBeLessThanOrEqual(Math.max(...limits, before));
      }),
      { numRuns: 1000 },
    );
  });

  test('sessions are numbered upwards, one by one', () => {
    fc.assert(
      fc.property(anyBeginning, anyMoves, (beginning, moves) => {
        const { starts } = worldAfter(beginning, moves);
        expect(starts).toEqual(starts.map((_, index) => beginning.nextSession + index));
      }),
    );
  });
});

describe('from any state of a run', () => {
  test('a pause ends it as soon as every effect is answered', () => {
    fc.assert(
      fc.property(anyBeginning, anyMoves, (beginning, moves) => {
        const world = worldAfter(beginning, moves);
        world.tell({ kind: 'control request', want: 'pause now' });
        const startsBefore = world.starts.length;
        payAll(world);
        expect(world.hasEnded).toBe(true);
        expect(world.starts.length).toBe(startsBefore);
        expect(world.broken).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['a list that is done', { failure: null, list: allDone }],
    ['sessions that always fail', { failure: failing('boom'), list: open }],
    [
      'conversations that are always full',
      { failure: failing('ran out of room in the model’s context window'), list: open },
    ],
    ['conversations that are always gone', { failure: failing('no rollout found'), list: open }],
  ])('%s ends it', (_what, comesOut) => {
    fc.assert(
      fc.property(anyBeginning, anyMoves, (beginning, moves) => {
        const world = new CoreWorld(beginning, comesOut);
        for (const move of moves) if ('tell' in move) world.tell(move.tell);
        payAll(world);
        expect(world.hasEnded).toBe(true);
        expect(world.starts.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 500 },
    );
  });
});
