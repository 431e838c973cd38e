// Runs with a Reviewer that may say anything, with honest facts in any order and nonsense in between.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allDone } from '../../helpers/run-story.ts';
import { anyBeginning, anyMoves, CoreWorld, type Move } from '../../helpers/core-world.ts';

const accepts = '{"verdict":"accept","findings":[]}';
const rejects = (problem: string): string =>
  JSON.stringify({ verdict: 'reject', findings: [{ step: null, problem, evidence: '' }] });

const anyVerdicts = fc.array(
  fc.constantFrom(null, 'Well done', accepts, rejects('a stub'), rejects('a goal half met')),
  { minLength: 1, maxLength: 5 },
);

const anyReview = fc
  .tuple(anyBeginning, anyMoves, anyVerdicts)
  .map(([beginning, moves, verdicts]) => ({
    beginning: { ...beginning, settings: { ...beginning.settings, review: true } },
    // The user may do without a Reviewer: then there is nothing to show.
    moves: moves.filter((move) => !('tell' in move && move.tell.kind === 'settings')),
    verdicts,
  }));

function reviewed({
  beginning,
  moves,
  verdicts,
}: typeof anyReview extends fc.Arbitrary<infer One> ? One : never): CoreWorld {
  const world = new CoreWorld(beginning, { failure: null, list: allDone });
  world.verdicts = verdicts;
  world.answer = { unmet: null, isWritten: true };
  for (const move of moves) play(world, move);
  return world;
}

function play(world: CoreWorld, move: Move): void {
  if ('pay' in move) world.pay(move.pay);
  else world.tell(move.tell);
}

test('a Reviewer breaks none of the laws of a run', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      expect(reviewed(review).broken).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});

test('no run is done unless a Reviewer has accepted it', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      const { run } = reviewed(review);
      if (run.phase.name !== 'ended' || run.phase.ending.kind !== 'done') return;
      expect(run.review.accepted).toBe(true);
      expect(review.verdicts).toContain(accepts);
    }),
    { numRuns: 1000 },
  );
});

test('a pause ends a review, too', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      const world = reviewed(review);
      world.tell({ kind: 'control request', want: 'pause now' });
      for (let turn = 0; turn < 500 && !world.hasEnded && world.pay(0); turn++);
      expect(world.hasEnded).toBe(true);
      expect(world.broken).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('reviews come to an end, whatever they say', () => {
  fc.assert(
    fc.property(anyReview, (review) => {
      const settings = { ...review.beginning.settings, waitsForUser: false };
      const world = reviewed({
        ...review,
        moves: [],
        beginning: { ...review.beginning, settings },
      });
      for (let turn = 0; turn < 500 && !world.hasEnded && world.pay(0); turn++);
      expect(world.hasEnded).toBe(true);
      expect(world.starts.length).toBeLessThanOrEqual(12);
    }),
    { numRuns: 500 },
  );
});
