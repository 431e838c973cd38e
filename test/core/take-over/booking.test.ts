import { expect, test } from 'vitest';
import { noUsage } from '../../../source/core/codex/usage.ts';
import { booked, usersUsage } from '../../../source/core/take-over/booking.ts';
import type { TakeOver } from '../../../source/core/take-over/take-over.ts';
import { otherThread, thread } from '../../helpers/log-lines.ts';

const totals = (inputTokens: number) => ({ ...noUsage, inputTokens, outputTokens: 10 });

const takeOver = (before: number | null, after: number | null) =>
  ({
    threadId: thread,
    before: before === null ? null : totals(before),
    ended: { at: 0, totals: after === null ? null : totals(after), files: [] },
  }) satisfies Pick<TakeOver, 'threadId' | 'before' | 'ended'>;

const account = { thread: { id: thread, totals: totals(1000) }, usage: totals(5000) };

test('what the user used is not the task’s: the conversation’s total is the new base', () => {
  expect(booked(takeOver(1000, 9000), account)).toEqual({
    thread: { id: thread, totals: totals(9000) },
    usage: totals(5000),
    own: noUsage,
  });
  expect(usersUsage(takeOver(1000, 9000))).toMatchObject({ inputTokens: 8000 });
});

test('what a session had used that was cut short is the task’s', () => {
  const after = booked(takeOver(1700, 9000), account);
  expect(after.own.inputTokens).toBe(700);
  expect(after.usage.inputTokens).toBe(5700);
  expect(after.thread?.totals.inputTokens).toBe(9000);
});

test('booked twice, it is booked once', () => {
  const once = booked(takeOver(1700, 9000), account);
  expect(booked(takeOver(1700, 9000), once)).toEqual({ ...once, own: noUsage });
  // The next session was counted already.
  const later = { ...once, thread: { id: thread, totals: totals(12_000) } };
  expect(booked(takeOver(1700, 9000), later)).toEqual({ ...later, own: noUsage });
});

test('where Codex does not say, and of another conversation, nothing is booked', () => {
  expect(booked(takeOver(null, null), account)).toEqual({ ...account, own: noUsage });
  const other = { ...account, thread: { id: otherThread, totals: totals(1) } };
  expect(booked(takeOver(1700, 9000), other)).toEqual({ ...other, own: noUsage });
  expect(booked(takeOver(1700, 9000), { ...account, thread: null }).thread).toBeNull();
  expect(usersUsage(takeOver(null, 9000))).toBeNull();
});
