import { describe, expect, test } from 'vitest';
import type { RunPhase, RunRecord } from '../../../source/core/run/record.ts';
import type { Ending } from '../../../source/core/run/run.ts';
import { taskState } from '../../../source/core/task/state.ts';
import { recordWith } from '../../helpers/run-records.ts';

const someDone = { done: 1, total: 3 };
const allDone = { done: 3, total: 3 };
const ended = (kind: Ending['kind'], sentence: string | null = null): RunRecord =>
  recordWith({ phase: 'ended', ending: { kind, sentence, at: 1 } });

describe('while its runner lives', () => {
  const stateOf = (record: Partial<RunRecord>) =>
    taskState({ record: recordWith(record), runnerLives: true, progress: someDone });

  test.each<[RunPhase, number]>([
    ['looking', 0],
    ['starting', 1],
  ])('a run whose first session has not begun is starting: %s', (phase, sessionsInRun) => {
    expect(stateOf({ phase, sessionsInRun }).word).toBe('starting');
    expect(stateOf({ phase, sessionsInRun: sessionsInRun + 1 }).word).toBe('running');
  });

  test('a runner that is stopped by a signal needs you, and says how to continue it', () => {
    const record = recordWith({ phase: 'working' });
    const facts = { record, runnerLives: true, runnerIsStopped: true, progress: someDone };
    expect(taskState(facts)).toEqual({
      word: 'needs you',
      reason: 'background process 4242 is stopped; kill -CONT 4242 continues it',
      until: null,
    });
  });

  test.each<RunPhase>(['looking', 'working', 'stopping', 'closing', 'resting'])(
    'a run that is %s is running',
    (phase) => expect(stateOf({ phase })).toEqual({ word: 'running', reason: null, until: null }),
  );

  test('a waiting one says why and until when', () => {
    const wait = { reason: 'The model is overloaded', until: 5000 };
    expect(stateOf({ phase: 'waiting', wait })).toEqual({ word: 'waiting', ...wait });
  });

  test.each<[RunPhase, string, object]>([
    ['queued', 'queued', {}],
    ['needs you', 'needs you', { retriesAt: 5 }],
  ])('a run that is %s says so and why', (phase, word, more) => {
    const wait = { reason: 'because', until: 5 };
    expect(stateOf({ phase, wait })).toEqual({ word, reason: 'because', until: null, ...more });
  });

  test('one that looks again at what it asked about still needs you', () => {
    const wait = { reason: 'look at the plan', until: null };
    const seen = stateOf({ phase: 'looking', wait, sessionsInRun: 1 });
    expect(seen).toEqual({ word: 'needs you', reason: wait.reason, until: null, retriesAt: null });
  });

  test.each<RunPhase>(['starting', 'working', 'stopping', 'closing'])(
    'a run that is to pause now is pausing, whatever it does: %s',
    (phase) => expect(stateOf({ phase, pause: 'now' }).word).toBe('pausing'),
  );

  test('a run that is to pause after its session runs until that ends', () => {
    const pause = 'after session';
    expect(stateOf({ phase: 'working', pause })).toMatchObject({
      word: 'running',
      reason: 'pauses after this session',
    });
    expect(stateOf({ phase: 'closing', pause }).word).toBe('pausing');
  });
});

test('a run whose runner died without an ending was interrupted, whatever it did', () => {
  for (const phase of ['working', 'waiting', 'needs you', 'closing'] as const) {
    const record = recordWith({ phase });
    for (const progress of [someDone, allDone, null]) {
      expect(taskState({ record, runnerLives: false, progress }).word).toBe('interrupted');
    }
  }
});

describe('a run whose runner was told to end by a signal', () => {
  const wordOf = (toldToEnd: RunRecord['toldToEnd'], hasRestarted: boolean): string => {
    const record = { ...ended('paused'), toldToEnd };
    return taskState({ record, runnerLives: false, hasRestarted, progress: someDone }).word;
  };

  test('is paused while the machine stays up, and interrupted when it has restarted', () => {
    expect([wordOf('SIGTERM', false), wordOf('SIGTERM', true)]).toEqual(['paused', 'interrupted']);
  });

  test('differs from a run that the user paused, which stays paused', () => {
    expect(wordOf(null, true)).toBe('paused');
  });
});

describe('without a runner', () => {
  test.each([
    ['it never ran and steps are open', null, someDone, 'idle'],
    ['it never ran and all steps are ticked', null, allDone, 'done'],
    ['there is no list', null, null, 'no list'],
    ['the list has no steps', null, { done: 0, total: 0 }, 'no list'],
    ['its run was paused', ended('paused'), someDone, 'paused'],
    ['its run was paused and all steps are ticked', ended('paused'), allDone, 'done'],
    ['its run failed and all steps are ticked', ended('failed', 'x'), allDone, 'done'],
    ['its run was done and steps were added', ended('done'), someDone, 'idle'],
    ['its run failed before there was a list', ended('failed', 'x'), null, 'failed'],
  ])('when %s', (_when, record, progress, word) => {
    expect(taskState({ record, runnerLives: false, progress }).word).toBe(word);
  });

  test.each(['failed', 'stopped'] as const)('a run that has %s gives the reason', (kind) => {
    const record = ended(kind, 'because');
    expect(taskState({ record, runnerLives: false, progress: someDone })).toEqual({
      word: kind,
      reason: 'because',
      until: null,
    });
  });
});
