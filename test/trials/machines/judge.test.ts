// The judge's own laws: a clean trial has no breach, and each thing that can go wrong is seen.

import { expect, test } from 'vitest';
import {
  lateTakeOvers,
  machineBreaches,
  takeOversIn,
  type AskedBy,
  type TaskAtRemote,
  type Woken,
} from './judge.ts';

const asked = (at: number, machine: string, step: number): AskedBy => ({
  ...{ at, machine, step, task: 'shop', session: step + 1 },
});
const clean = [asked(0, 'a', 0), asked(1000, 'a', 1), asked(40_000, 'b', 1), asked(41_000, 'b', 2)];
const remote: TaskAtRemote = { task: 'shop', ticked: 2, total: 2, lines: ['part 1', 'part 2'] };
const breaches = (
  more: { asked?: AskedBy[]; woken?: Woken[]; remote?: TaskAtRemote[] } = {},
): string =>
  machineBreaches({
    ...{ asked: clean, woken: [], remote: [remote], steps: 2, leastGapMs: 5000 },
    ...more,
  }).join();

test('a trial without a breach is won', () => {
  expect(breaches()).toBe('');
});

test('a take-over is counted from when the machine before was gone last, and the next one there', () => {
  const owned = [
    { task: 't', machine: 'a', at: 1000 },
    { task: 't', machine: 'b', at: 45_000 },
    // Given back by a machine that was told to end.
    { task: 't', machine: 'a', at: 60_000 },
  ];
  const gone = [
    { machine: 'a', at: 3000, what: 'gone' },
    { machine: 'a', at: 3000, what: 'back' },
    { machine: 'a', at: 9000, what: 'gone' },
    { machine: 'b', at: 11_000, what: 'back' },
    { machine: 'a', at: 50_000, what: 'back' },
  ] as const;
  expect(takeOversIn(owned, gone)).toEqual([{ task: 't', from: 'a', to: 'b', ms: 34_000 }]);
});

test('a take-over that takes too long is a breach', () => {
  const takeOver = { task: 't', from: 'a', to: 'b', ms: 40_000 };
  expect(lateTakeOvers([takeOver], 40_000)).toEqual([]);
  expect(lateTakeOvers([takeOver, { ...takeOver, ms: 41_200 }], 40_000)).toEqual([
    't stood still for 41.2 s after a was gone, and may for 40 s',
  ]);
});

test('a machine may ask in the second after it woke, and not later', () => {
  const late = [...clean, asked(41_500, 'a', 2)];
  expect(breaches({ asked: late, woken: [{ machine: 'a', at: 41_000 }] })).toBe('');
  expect(breaches({ asked: late, woken: [{ machine: 'b', at: 41_000 }] })).not.toBe('');
  expect(breaches({ asked: late, woken: [{ machine: 'a', at: 40_400 }] })).not.toBe('');
});

test.each([
  [
    'two machines at a time',
    { asked: [...clean, asked(41_500, 'a', 2)] },
    'b and, 0.5 s later, by a',
  ],
  [
    'a step that is done again much later',
    { asked: [...clean, asked(42_000, 'b', 3), asked(43_000, 'b', 1)] },
    'step 1 in session 2, behind step 3',
  ],
  ['a task that is not done', { remote: [{ ...remote, ticked: 1 }] }, 'not done: 1/2'],
  ['lost work', { remote: [{ ...remote, lines: ['part 2'] }] }, 'lacks the work of part 1'],
])('%s is a breach', (_what, change, breach) => {
  expect(breaches(change)).toContain(breach);
});
