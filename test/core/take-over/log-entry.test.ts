import { expect, test } from 'vitest';
import { noUsage } from '../../../source/core/codex/usage.ts';
import { entryAs } from '../../../source/core/log/entry-text.ts';
import { takenOverLine } from '../../../source/core/take-over/log-line.ts';
import { readTakeOver, takeOverJson } from '../../../source/core/take-over/take-over.ts';
import {
  bodiesOf,
  ended,
  entriesOf,
  started,
  thread,
  threadStarted,
  turnCompleted,
} from '../../helpers/log-lines.ts';

const totals = (inputTokens: number) => ({ ...noUsage, inputTokens });
const from = Date.UTC(2026, 0, 29, 12);

const takeOver = {
  uuid: '550e8400-e29b-41d4-a716-446655440000',
  threadId: thread,
  pid: 4711,
  startedAt: from,
  before: totals(1500),
  tree: null,
  ended: { at: from + 192_000, totals: totals(9000), files: ['a.ts', 'b\u001B[2J.ts'] },
};

const line = takenOverLine(takeOver);

test('it is one entry, with what changed and what it used', () => {
  const [entry] = entriesOf([line]).list();
  expect(entryAs('text', entry!)).toBe(
    '2026-01-29T12:03:12.000Z  You took over the conversation for 3m 12s · changed: a.ts, b.ts · 7.5k tokens, not counted for the task',
  );
});

test('no session costs what the user used; what was cut short before is the last one’s', () => {
  const lines = [
    ...[started(1), threadStarted(), turnCompleted(1000), ended(1)],
    ...[started(2, { resumes: thread }), threadStarted(), ended(2, { outcome: 'paused' })],
    line,
    ...[started(3, { resumes: thread }), threadStarted(), turnCompleted(9400), ended(3)],
  ];
  const costs = bodiesOf(lines).flatMap((body) =>
    body.kind === 'session' ? [body.cost?.inputTokens] : [],
  );
  expect(costs).toEqual([1000, 500, 400]);
});

test('of a conversation that this log does not know, the next session’s costs are known', () => {
  const lines = [line, started(3, { resumes: thread }), threadStarted(), turnCompleted(9400)];
  expect(bodiesOf(lines).at(-1)).toMatchObject({ kind: 'session', cost: { inputTokens: 400 } });
});

test('its record is read as it was written, for this directory alone', () => {
  const directory = { device: 1, inode: 2, bornAt: 3 };
  const json = JSON.parse(JSON.stringify(takeOverJson(takeOver, directory))) as object;
  expect(readTakeOver({ ...json }, directory)).toEqual(takeOver);
  expect(readTakeOver({ ...json }, { ...directory, inode: 9 })).toBeNull();
  expect(readTakeOver({ ...json, threadId: '--last' }, directory)).toBeNull();
  expect(readTakeOver({}, directory)).toBeNull();
});
