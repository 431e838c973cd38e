import { describe, expect, test } from 'vitest';
import {
  bodiesOf,
  entriesOf,
  ended,
  message,
  otherThread,
  started,
  thread,
  threadStarted,
  turnCompleted,
} from '../../helpers/log-lines.ts';
import { recordedLines } from '../../helpers/recordings.ts';

describe('sessions', () => {
  test('the lines of runner and Codex about a session are one entry', () => {
    const lines = [
      started(4, { at: '2026-01-29T12:00:00Z', resumes: otherThread }),
      threadStarted(),
      { type: 'turn.started' },
      turnCompleted(1000),
      ended(4, { at: '2026-01-29T12:10:00Z', exitCode: 1, outcome: 'usage limit' }),
    ];
    const startedAt = Date.UTC(2026, 0, 29, 12);
    expect(entriesOf(lines).list()).toMatchObject([
      {
        offset: 0,
        startedAt,
        endedAt: startedAt + 600_000,
        body: {
          kind: 'session',
          session: 4,
          role: 'executor',
          resumes: otherThread,
          threadId: thread,
          ended: { at: startedAt + 600_000, outcome: 'usage limit', exitCode: 1 },
          cost: { inputTokens: 1000 },
        },
      },
    ]);
  });

  test('without a line of the runner, a session begins with its thread', () => {
    expect(bodiesOf([threadStarted(), threadStarted()])).toMatchObject([
      { session: null, role: null, threadId: thread, ended: null },
      { session: null, role: null, threadId: thread, ended: null },
    ]);
  });

  test('a thread that begins after the session ended is not part of it', () => {
    expect(bodiesOf([started(1), ended(1), threadStarted()])).toMatchObject([
      { session: 1, threadId: null },
      { session: null, threadId: thread },
    ]);
  });

  test('a session begins and ends once, however often the log says so', () => {
    const lines = [started(1), started(1), ended(1), ended(1, { outcome: 'told again' })];
    expect(bodiesOf(lines)).toMatchObject([{ session: 1, ended: { outcome: 'completed' } }]);
  });

  test('the end of a session whose beginning is not in the log is shown', () => {
    expect(bodiesOf([message('late'), ended(3)])).toMatchObject([
      { kind: 'message' },
      { kind: 'session', session: 3, role: null, ended: { outcome: 'completed' } },
    ]);
  });

  test('a session costs what it added to its thread, however threads are resumed and mixed', () => {
    const session = (number: number, id: string, total: number) => [
      started(number),
      threadStarted(id),
      turnCompleted(total),
      ended(number),
    ];
    const bodies = bodiesOf([
      ...session(1, thread, 1000),
      ...session(2, otherThread, 500),
      ...session(3, thread, 3000),
      ...session(4, otherThread, 600),
      ...session(5, thread, 700),
    ]);
    expect(bodies.map((body) => body.kind === 'session' && body.cost?.inputTokens)).toEqual([
      1000, 500, 2000, 100, 700,
    ]);
  });

  test.each(['0.98.0', '0.130.0', '0.169.0'] as const)(
    'a session of %s that resumes the previous one costs only what it added',
    (version) => {
      const lines = ['ok', 'resumed'].flatMap((scenario) => recordedLines(version, scenario));
      const costs = bodiesOf(lines).flatMap((body) => (body.kind === 'session' ? [body.cost] : []));
      expect(
        costs.map((cost) => [cost?.inputTokens, cost?.cachedInputTokens, cost?.outputTokens]),
      ).toEqual([
        [1000, 200, 50],
        [8000, 1600, 400],
      ]);
    },
  );

  test('the first turn of a resumed thread whose past is not in the log shows no cost, the next one does', () => {
    const resumed = (session: number, total: number) => [
      started(session, { resumes: thread }),
      threadStarted(),
      turnCompleted(total),
      ended(session),
    ];
    expect(bodiesOf([...resumed(7, 50_000), ...resumed(8, 51_000)])).toMatchObject([
      { session: 7, cost: null },
      { session: 8, cost: { inputTokens: 1000 } },
    ]);
  });

  test('a session that resumes an interrupted one pays for both', () => {
    const lines = [
      started(1),
      threadStarted(),
      ended(1),
      started(2, { resumes: thread }),
      threadStarted(),
      turnCompleted(3000),
    ];
    expect(bodiesOf(lines)).toMatchObject([{ cost: null }, { cost: { inputTokens: 3000 } }]);
  });

  test('tokens of an unknown thread show no cost', () => {
    expect(bodiesOf([started(1), turnCompleted(5000)])).toMatchObject([{ cost: null }]);
  });
});
