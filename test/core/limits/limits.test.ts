import { describe, expect, test } from 'vitest';
import { readTokens } from '../../../source/core/limits/amounts.ts';
import {
  countWork,
  nextLimitAt,
  noLimits,
  nothingSpent,
  reachedLimit,
  workedMs,
} from '../../../source/core/limits/limits.ts';
import { predecessorOf } from '../../../source/core/limits/predecessor.ts';

test.each([
  ['500k', 500_000],
  ['5M', 5_000_000],
  ['1.1M', 1_100_000],
  ['2m', 2_000_000],
  ['1200', 1200],
  ['0', null],
  ['5MM', null],
  ['-1', null],
  ['1e6', null],
  ['0.1', null],
  ['', null],
])('an amount of tokens: %j', (text, count) => {
  expect(readTokens(text)).toBe(count);
});

describe('a limit is reached', () => {
  test('with the last token of the budget', () => {
    const limits = { ...noLimits, maxTokens: 5_000_000 };
    expect(reachedLimit(limits, { ...nothingSpent, tokens: 4_999_999 }, 0)).toBeNull();
    expect(reachedLimit(limits, { ...nothingSpent, tokens: 5_000_000 }, 0)).toBe(
      'budget: 5.0M tokens',
    );
  });

  test('with the time at work, and not with the time that it waits', () => {
    const limits = { ...noLimits, maxTimeMs: 60_000 };
    const working = countWork(nothingSpent, true, 1000);
    expect(nextLimitAt(limits, working)).toBe(61_000);
    const waiting = countWork(working, false, 31_000);
    expect(nextLimitAt(limits, waiting)).toBeNull();
    const again = countWork(waiting, true, 1_000_000);
    expect(workedMs(again, 1_010_000)).toBe(40_000);
    expect(nextLimitAt(limits, again)).toBe(1_030_000);
    expect(reachedLimit(limits, again, 1_029_999)).toBeNull();
    expect(reachedLimit(limits, again, 1_030_000)).toBe('budget: 1m 00s of work');
  });

  test('at the time that was given', () => {
    const until = new Date('2026-03-10T07:00').getTime();
    const limits = { ...noLimits, until };
    expect(nextLimitAt(limits, nothingSpent)).toBe(until);
    expect(reachedLimit(limits, nothingSpent, until - 1)).toBeNull();
    expect(reachedLimit(limits, nothingSpent, until)).toBe('until 07:00');
  });
});

test.each([
  ['done', { kind: 'done', sentence: null, at: 1 }, 'done'],
  ['done', null, 'done'],
  [
    'done',
    { kind: 'paused', sentence: null, at: 1 },
    { problem: 'all steps of docs are ticked, but its last run did not end with that' },
  ],
  ['failed', { kind: 'failed', sentence: 'x', at: 1 }, { problem: 'docs has failed' }],
  ['stopped', { kind: 'stopped', sentence: 'x', at: 1 }, { problem: 'docs has stopped' }],
  [null, null, { problem: 'docs is gone' }],
  ['idle', null, 'under way'],
  ['running', null, 'under way'],
  ['needs you', null, 'under way'],
  ['paused', { kind: 'paused', sentence: null, at: 1 }, 'under way'],
] as const)('a task that another comes after: %j, %j', (word, ending, expected) => {
  expect(predecessorOf('docs', { word, ending })).toEqual(expected);
});
