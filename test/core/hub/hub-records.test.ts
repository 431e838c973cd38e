import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  noAccount,
  readAccountRecord,
  withLimit,
  withoutPermits,
  withPermit,
  withProbe,
  writtenAccountRecord,
  type HubPermit,
} from '../../../source/core/hub/account-record.ts';
import {
  readMachineRecord,
  writtenMachineRecord,
} from '../../../source/core/hub/machine-record.ts';
import { readHubAnswer, writtenHubAnswer } from '../../../source/core/hub/answer-record.ts';
import { readHubRequest, writtenHubRequest } from '../../../source/core/hub/request-record.ts';
import {
  isAtRest,
  readHubTask,
  writtenHubTask,
  type HubTask,
} from '../../../source/core/hub/task-record.ts';
import { recordWith } from '../../helpers/run-records.ts';

const key = 'task.machine-b./home/ann/shop.docs';
const task: HubTask = {
  lease: { task: key, owner: 'machine-b', epoch: 3, nonce: 'n-1', hubStart: 'NSTART' },
  written: 'w-1',
  run: recordWith({ run: 'first' }),
  offer: {
    description: 'Write the docs',
    remote: 'git@host:shop.git',
    base: 'a'.repeat(40),
    directory: 'docs',
    model: null,
    review: true,
    checks: ['npm test'],
    pinned: null,
  },
  continued: 'first',
};
const fields = JSON.parse(writtenHubTask(task)) as Record<string, unknown>;

describe('the record of a task', () => {
  test('comes back as it was written', () => {
    expect(readHubTask(writtenHubTask(task), key)).toEqual({ kind: 'read', task });
    const free = { ...task, lease: { ...task.lease, owner: null, hubStart: '' }, run: null };
    expect(readHubTask(writtenHubTask(free), key)).toEqual({ kind: 'read', task: free });
  });

  test('says that it goes on after one end of a run, and after no other', () => {
    const ended = { kind: 'paused', sentence: null, at: 1 } as const;
    const run = recordWith({ run: 'first', phase: 'ended', ending: ended });
    expect(isAtRest({ run, continued: null })).toBe(true);
    expect(isAtRest({ run, continued: 'first' })).toBe(false);
    expect(isAtRest({ run: { ...run, run: 'second' }, continued: 'first' })).toBe(true);
    expect(isAtRest({ run: null, continued: null })).toBe(false);
    expect(isAtRest({ run: { ...run, ending: null }, continued: null })).toBe(false);
    expect(isAtRest({ run: { ...run, toldToEnd: 'SIGTERM' }, continued: null })).toBe(false);
  });

  test('of a newer version is not read, and so not replaced', () => {
    expect(readHubTask(JSON.stringify({ ...fields, version: 2, epoch: 'x' }), key)).toEqual({
      kind: 'newer',
    });
  });

  test.each<[string, Record<string, unknown>]>([
    ['of another task', { task: `${key}2` }],
    ['with an owner that has no machine’s name', { owner: '\u001b[2J' }],
    ['with an owner that is too long', { owner: 'a'.repeat(100) }],
    ['without an owner', { owner: undefined }],
    ['with an epoch to which one cannot be added', { epoch: Number.MAX_SAFE_INTEGER }],
    ['with an epoch below zero', { epoch: -1 }],
    ['with a nonce that is no id', { nonce: 'a b' }],
    ['with a start that is no id', { hubStart: 'a\nb' }],
    ['without the name of the write', { written: null }],
    ['with half of a run', { run: { version: 1, run: 'first' } }],
    ['without a version', { version: null }],
  ])('%s decides nothing', (_what, changes) => {
    expect(readHubTask(JSON.stringify({ ...fields, ...changes }), key)).toEqual({
      kind: 'unreadable',
    });
  });

  test('is read without a throw, whatever a machine wrote', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(['newer', 'unreadable']).toContain(readHubTask(text, key).kind);
        readMachineRecord(text);
        readHubRequest(text);
        readAccountRecord(text);
      }),
    );
  });
});

describe('the record of an account', () => {
  const permit = (id: string): HubPermit => ({
    id,
    machine: 'machine-b',
    runner: { pid: 4242, startTime: '1', bootId: 'b' },
  });

  test('comes back as it was written, its words made safe', () => {
    const limit = { until: 2, since: 1, said: 'again at \u001b[31m14:00', looksInVain: 1 };
    const limits = { limit, limitId: 'a', knownLimits: ['b', 'a'] };
    const record = { ...limits, probe: permit('p'), permits: [permit('a')] };
    const said = readAccountRecord(writtenAccountRecord(record));
    expect(said).toMatchObject({
      limit: { until: 2, since: 1 },
      ...{ limitId: 'a', knownLimits: ['b', 'a'] },
      probe: permit('p'),
      permits: [permit('a')],
    });
    expect(said?.limit?.said).not.toContain('\u001b');
  });

  test('of a newer version is not read, and so not replaced', () => {
    expect(readAccountRecord('{"version":2}')).toBeNull();
  });

  test('knows its last limits by their ids, and takes nothing else for one', () => {
    const ids = Array.from({ length: 60 }, (_, index) => `id-${index}`);
    const knownLimits = ['\u001b[2J', 7, 'x'.repeat(100), ...ids];
    const read = readAccountRecord(JSON.stringify({ version: 1, knownLimits }))!;
    expect(read.knownLimits).toEqual(ids.slice(10));
    expect(readAccountRecord('{"version":1}')?.knownLimits).toEqual([]);
    const limit = { until: 2, since: 1, said: '', looksInVain: 0 };
    const next = withLimit(withLimit(read, { id: 'id-30', limit }), { id: null, limit: null });
    expect(next).toMatchObject({ limit: null, limitId: null });
    expect(next.knownLimits.slice(-2)).toEqual(['id-59', 'id-30']);
    expect(next.knownLimits).toHaveLength(50);
  });

  test('has a place for so many permits, and each holds one', () => {
    const one = withPermit(noAccount, permit('a'), 2)!;
    const two = withPermit(one, permit('b'), 2)!;
    expect(withPermit(two, permit('c'), 2)).toBeNull();
    expect(withPermit(two, permit('a'), 2)).toBe(two);
    const without = withoutPermits(two, ({ id }) => id === 'a');
    expect(withPermit(without, permit('c'), 2)?.permits.map(({ id }) => id)).toEqual(['b', 'c']);
  });

  test('has one session that tests whether the limit is over', () => {
    const one = withProbe(noAccount, permit('a'))!;
    expect(withProbe(one, permit('b'))).toBeNull();
    expect(withProbe(one, permit('a'))).toBe(one);
    expect(withoutPermits(one, () => true)).toEqual(noAccount);
    expect(withoutPermits(one, () => false)).toBe(one);
  });
});

test('a heartbeat and a request come back as they were written', () => {
  const machine = { machine: 'machine-b', instance: 'i', boot: 'b' };
  expect(readMachineRecord(writtenMachineRecord(machine))).toEqual(machine);
  expect(readMachineRecord(writtenMachineRecord({ ...machine, machine: 'a.b' }))).toBeNull();
  const request = { run: '2f0c', want: 'pause now', id: 'b21d' } as const;
  expect(readHubRequest(writtenHubRequest(request))).toEqual(request);
});

describe('the answer of an owner', () => {
  test('comes back as it was written', () => {
    const answer = { machine: 'machine-b', taken: ['a', 'b'] };
    expect(readHubAnswer(writtenHubAnswer(answer))).toEqual(answer);
  });

  test('keeps the last requests only, and nothing that is no id', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `id-${index}`);
    const { taken } = readHubAnswer(writtenHubAnswer({ machine: 'b', taken: ids }))!;
    expect(taken.length).toBeLessThan(50);
    expect(taken.at(-1)).toBe('id-999');
    const odd = JSON.stringify({ version: 1, machine: 'b', taken: ['ok', 7, '\u001b[2J', null] });
    expect(readHubAnswer(odd)).toEqual({ machine: 'b', taken: ['ok'] });
  });

  test('of a machine whose name is none is not read', () => {
    const text = JSON.stringify({ version: 1, machine: '\u001b[2J', taken: [] });
    expect(readHubAnswer(text)).toBeNull();
  });
});
