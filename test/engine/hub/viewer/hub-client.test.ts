// What the user is told of each verb, with a hub that the test plays.

import { expect, test } from 'vitest';
import { writtenHubAnswer } from '../../../../source/core/hub/answer-record.ts';
import { hubAnswerKey } from '../../../../source/core/hub/hub-names.ts';
import { readHubRequest } from '../../../../source/core/hub/request-record.ts';
import {
  readHubTask,
  writtenHubTask,
  type HubTask,
} from '../../../../source/core/hub/task-record.ts';
import type { HubLink } from '../../../../source/engine/hub/hub-link.ts';
import { hubClient } from '../../../../source/engine/hub/viewer/hub-client.ts';
import type { GivenTask } from '../../../../source/engine/hub/viewer/task-to-give.ts';
import { systemClock } from '../../../../source/system/clock.ts';
import type { HubConnection } from '../../../../source/system/hub/hub-connection.ts';
import { recordWith } from '../../../helpers/run-records.ts';

const task = 'laptop:/shop/docs';
const key = 'task.laptop./shop.docs';
const offer: HubTask['offer'] = {
  ...{ description: 'Write the docs', remote: '/srv/shop.git', base: 'a'.repeat(40) },
  ...{ directory: '', model: null, review: null, checks: null, pinned: null },
};
const ended = recordWith({ ending: { kind: 'paused', sentence: null, at: 1 } });

/** `onWrite`: what the other machines do then. */
function clientOf(onWrite: (bucket: string, text: string) => void = () => {}) {
  const entries = new Map<string, { revision: number; text: string | null }>();
  const given: GivenTask[] = [];
  const put = (at: string, text: string): number => {
    const revision = (entries.get(at)?.revision ?? 0) + 1;
    entries.set(at, { revision, text });
    return revision;
  };
  const connection = {
    read: (bucket: string, at: string) =>
      Promise.resolve(entries.get(`${bucket} ${at}`) ?? { revision: 0, text: null }),
    write: (bucket: string, at: string, { text }: { text: string }) => {
      const revision = put(`${bucket} ${at}`, text);
      onWrite(bucket, text);
      return Promise.resolve(revision);
    },
  } as unknown as HubConnection;
  const link = { current: () => connection, problem: () => null } as unknown as HubLink;
  let count = 0;
  const client = hubClient({
    ...{ link, clock: systemClock, newId: () => `id-${++count}`, patienceMs: 300 },
    give: (one) => {
      given.push(one);
      return Promise.resolve(`${one.name} is given to the hub, for laptop alone`);
    },
  });
  const store = (owner: string | null, more: Partial<HubTask> = {}): void => {
    const lease = { task: key, owner, epoch: 1, nonce: `n-${owner}`, hubStart: 'S' };
    const record = { lease, written: 'w', run: ended, offer, continued: null, ...more };
    put(`tasks ${key}`, writtenHubTask(record));
  };
  const answer = (taken: string[]): void => {
    put(`requests ${hubAnswerKey(key)}`, writtenHubAnswer({ machine: 'machine-b', taken }));
  };
  const record = () => readHubTask(entries.get(`tasks ${key}`)!.text!, key);
  return { client, store, answer, given, record };
}

const start = { task, sandbox: 'workspace-write' as const };

test('a request is answered by its owner, by the name of the machine', async () => {
  const { client, answer } = clientOf((bucket, text) => {
    if (bucket === 'requests') answer([readHubRequest(text)!.id]);
  });
  expect(await client.send({ name: task, run: 'first' }, 'pause now')).toEqual({
    ok: true,
    sentence: 'taken by machine-b',
  });
});

test('of a request that is not answered, the user is told whose machine is silent, and that it stays', async () => {
  const { client, store, answer } = clientOf();
  store('machine-b');
  answer(['another']);
  expect(await client.send({ name: task, run: 'first' }, 'pause now')).toMatchObject({
    ok: false,
    sentence: 'machine-b has not answered for 0 s; the request stays at the hub',
  });
});

test('without a run there is nobody to ask', async () => {
  const answer = await clientOf().client.send({ name: task, run: null }, 'pause now');
  const sentence = 'No machine works on docs: there is nothing to ask of it';
  expect(answer).toEqual({ ok: false, why: 'problem', sentence });
});

test('a task that ended is continued, and the machine that takes it is named', async () => {
  const { client, store } = clientOf((bucket) => {
    if (bucket === 'tasks') store('machine-c', { run: null });
  });
  store(null);
  expect(await client.start(start)).toEqual({ ok: true, sentence: 'taken by machine-c' });
});

test('a task that is continued and not taken waits for a worker, whoever had it before', async () => {
  const { client, store, record } = clientOf();
  store('gone');
  expect(await client.start(start)).toMatchObject({
    ok: true,
    sentence: 'docs goes on when a worker has a place for it',
  });
  expect(record()).toMatchObject({ task: { continued: ended.run, lease: { owner: 'gone' } } });
});

test('a new task is given with what the hub can carry, and refused with anything else', async () => {
  const { client, given } = clientOf();
  const asked = {
    ...start,
    description: 'Write it',
    given: { model: 'gpt', checks: ['npm test'], pinned: true, fullAccessOnce: false },
  };
  expect(await client.start(asked)).toMatchObject({ ok: true });
  const one = { name: 'docs', description: 'Write it', model: 'gpt', review: null };
  expect(given).toEqual([{ ...one, checks: ['npm test'], pinned: true }]);
  for (const more of [
    { after: 'shop' },
    { planOnly: true },
    { given: { maxTokens: 5 } },
    { sandbox: 'danger-full-access' as const },
  ]) {
    expect(await client.start({ ...asked, ...more })).toMatchObject({ ok: false });
  }
  expect(await client.start({ ...start, resumeLast: true })).toMatchObject({ ok: false });
  expect(given).toHaveLength(1);
});
