// A complete run record, as in run.json.

import { noReview } from '../../source/core/review/review.ts';
import { bottomOfLadder } from '../../source/core/run/run.ts';
import type { RunRecord, SessionRecord } from '../../source/core/run/record.ts';

export const someUuid = '01a2023d-ceff-78c1-8e86-de96f121a1f2';
export const someThread = '01a2023d-de70-7002-a26a-6fc10367da14';

export function sessionWith(more: Partial<SessionRecord> = {}): SessionRecord {
  return {
    number: 4,
    uuid: someUuid,
    role: 'executor',
    resumes: null,
    threadId: someThread,
    startedAt: 1000,
    log: { offset: 10, device: 1, inode: 2 },
    output: 'own file',
    codex: { pid: 4243, startTime: '778', bootId: 'boot' },
    ended: null,
    ...more,
  };
}

export function recordWith(more: Partial<RunRecord> = {}): RunRecord {
  return {
    version: 1,
    run: '2f0c',
    runner: { pid: 4242, startTime: '777', bootId: 'boot' },
    directory: { device: 1, inode: 3, bornAt: 800.25 },
    phase: 'working',
    pause: 'none',
    startedAt: 900,
    sandbox: 'workspace-write',
    autoContinue: true,
    maxSessions: null,
    until: null,
    planOnly: false,
    worked: { ms: 0, since: null },
    sessionsInRun: 1,
    session: sessionWith(),
    wait: null,
    failuresInARow: 0,
    unexplainedInARow: 0,
    ladder: bottomOfLadder,
    ticked: null,
    steps: null,
    hadSteps: true,
    stage: null,
    told: [],
    unmet: null,
    unproven: 0,
    repairs: 0,
    held: null,
    review: noReview,
    thread: null,
    usage: { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0 },
    takenUpAt: [],
    toldToEnd: null,
    unrecovered: null,
    ending: null,
    ...more,
  };
}
