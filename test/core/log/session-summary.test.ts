import { expect, test } from 'vitest';
import { sessionSummaries } from '../../../source/core/log/session-summary.ts';
import {
  ended,
  entriesOf,
  message,
  started,
  threadStarted,
  turnCompleted,
} from '../../helpers/log-lines.ts';

const summariesOf = (lines: readonly unknown[]) => sessionSummaries(entriesOf(lines).list());

test('a session has the times, outcome and cost of its heading', () => {
  const lines = [
    started(4, { at: '2026-01-29T12:00:00Z' }),
    threadStarted(),
    turnCompleted(1000),
    ended(4, { at: '2026-01-29T12:10:00Z', outcome: 'usage limit' }),
  ];
  const startedAt = Date.UTC(2026, 0, 29, 12);
  expect(summariesOf(lines)).toMatchObject([
    {
      number: 4,
      role: 'executor',
      startedAt,
      endedAt: startedAt + 600_000,
      outcome: 'usage limit',
      cost: { inputTokens: 1000 },
    },
  ]);
});

test('a running session has no end and no outcome', () => {
  expect(summariesOf([started(1), threadStarted(), message('hello')])).toMatchObject([
    { number: 1, endedAt: null, outcome: null, cost: null },
  ]);
});

test('sessions that no runner began are left out, and so is the end of one that began before the log', () => {
  const lines = [threadStarted(), turnCompleted(1000), ended(3), started(4), ended(4)];
  expect(summariesOf(lines).map(({ number }) => number)).toEqual([4]);
});

test('tokens that a legacy Codex counts while its turn runs are a cost, too', () => {
  const legacy = (msg: object) => ({ id: '0', msg });
  const counted = (input_tokens: number) =>
    legacy({ type: 'token_count', info: { total_token_usage: { input_tokens } } });
  const session_id = threadStarted().thread_id;
  const lines = [
    started(1),
    legacy({ type: 'session_configured', session_id }),
    counted(300),
    counted(800),
    ended(1),
  ];
  expect(summariesOf(lines)).toMatchObject([{ number: 1, cost: { inputTokens: 800 } }]);
});

test('a long outcome is cut', () => {
  const [summary] = summariesOf([started(1), ended(1, { outcome: 'x'.repeat(500) })]);
  expect(summary?.outcome).toHaveLength(100);
});

test('of very many sessions, the last ones are listed', () => {
  const lines = Array.from({ length: 2500 }, (_, at) => [started(at + 1), ended(at + 1)]).flat();
  const numbers = summariesOf(lines).map(({ number }) => number);
  expect(numbers).toHaveLength(2000);
  expect(numbers.at(0)).toBe(501);
  expect(numbers.at(-1)).toBe(2500);
});
