// The total on the About page, which the runner counts, against the costs of the sessions, which the log shows.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { createSessionFold } from '../../../source/core/codex/session.ts';
import { addUsage, noUsage } from '../../../source/core/codex/usage.ts';
import type { SessionPlan } from '../../../source/core/run/run.ts';
import type { UnchangingRecord } from '../../../source/engine/run/to-record.ts';
import { countUsage } from '../../../source/engine/session/account.ts';
import {
  bodiesOf,
  ended,
  otherThread,
  started,
  threadStarted,
  turnCompleted,
} from '../../helpers/log-lines.ts';

type Played = { isResumed: boolean; isReported: boolean; tokens: number };

/** Plays sessions of a run whose first may resume a thread that has already spent 900,000. */
function play(sessions: readonly Played[]): { counted: number; shown: number } {
  const totals = new Map([[otherThread, 900_000]]);
  const record: Pick<UnchangingRecord, 'thread' | 'usage'> = { thread: null, usage: noUsage };
  const log: object[] = [];
  let last = otherThread;
  sessions.forEach(({ isResumed, isReported, tokens }, at) => {
    const resumes = isResumed ? last : null;
    last = resumes ?? `01a2023d-ceff-78c1-8e86-${String(at + 1).padStart(12, '0')}`;
    const total = (totals.get(last) ?? 0) + tokens;
    totals.set(last, total);
    const said = [threadStarted(last), ...(isReported ? [turnCompleted(total)] : [])];
    const fold = createSessionFold();
    for (const line of said) fold.push(readLogLine(JSON.stringify(line)));
    countUsage(record as UnchangingRecord, fold.result(), { resumes } as SessionPlan);
    log.push(started(at + 1, { resumes }), ...said, ended(at + 1));
  });
  const costs = bodiesOf(log).map((body) => (body.kind === 'session' ? body.cost : null));
  const shown = costs.reduce((sum, cost) => addUsage(sum!, cost ?? noUsage), noUsage);
  return { counted: record.usage.inputTokens, shown: shown!.inputTokens };
}

test('of a conversation with an unknown past, only what its next sessions add is counted', () => {
  const resumed = { isResumed: true, isReported: true };
  expect(play([{ ...resumed, tokens: 500 }]).counted).toBe(0);
  expect(play([500, 70].map((tokens) => ({ ...resumed, tokens }))).counted).toBe(70);
});

test('a session that resumes an interrupted one pays for both', () => {
  const [isResumed, isReported] = [true, true];
  const sessions = [
    { isResumed: false, isReported: false, tokens: 300 },
    { isResumed, isReported, tokens: 70 },
  ];
  expect(play(sessions).counted).toBe(370);
});

test('the total on the About page is the sum of what its sessions cost', () => {
  const anySession = fc.record({
    isResumed: fc.boolean(),
    isReported: fc.boolean(),
    tokens: fc.nat(5000),
  });
  fc.assert(
    fc.property(fc.array(anySession, { maxLength: 12 }), (sessions) => {
      const { counted, shown } = play(sessions);
      expect(counted).toBe(shown);
    }),
  );
});
