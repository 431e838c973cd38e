// Which tasks a worker takes, with a hub that the test plays.

import { beforeEach, expect, test } from 'vitest';
import { hubMachineKey } from '../../../source/core/hub/hub-names.ts';
import { writtenHubTask, type HubTask } from '../../../source/core/hub/task-record.ts';
import type { TaskOffer } from '../../../source/core/hub/task-offer.ts';
import { leaseDurations } from '../../../source/core/lease/durations.ts';
import type { Seen } from '../../../source/core/lease/seen.ts';
import type { HubLink } from '../../../source/engine/hub/hub-link.ts';
import { startWorker } from '../../../source/engine/hub/worker.ts';
import type { HubConnection, HubEntry } from '../../../source/system/hub/hub-connection.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { recordWith } from '../../helpers/run-records.ts';

const { leaseMs, heartbeatMs } = leaseDurations;
const offer: TaskOffer = {
  ...{ description: 'Write the docs', remote: '/srv/shop.git', base: 'a'.repeat(40) },
  ...{ directory: '', model: null, review: null, checks: null, pinned: null },
};

type Watch = (key: string, entry: HubEntry) => void;

let clock: HandClock;
let watches: Map<string, Watch>;
let revision: number;
let taken: string[];
let handed: Seen[];
let release: Map<string, () => void>;
let isAlone: boolean;
beforeEach(() => {
  clock = new HandClock();
  watches = new Map();
  revision = 0;
  taken = [];
  handed = [];
  release = new Map();
  isAlone = true;
});

function worker(places = 2): ReturnType<typeof startWorker> {
  const connection = {
    hubStart: 'S',
    watch: (bucket: string, _keys: string, watch: Watch) => {
      watches.set(bucket, watch);
      return { close: () => {} };
    },
  } as unknown as HubConnection;
  const link: HubLink = {
    current: () => connection,
    problem: () => null,
    onChange: () => () => {},
    close: () => Promise.resolve(),
  };
  return startWorker({
    ...{
      link,
      clock,
      bootNow: () => clock.now(),
      machine: 'own',
      durations: leaseDurations,
      places,
    },
    isAlone: () => isAlone,
    work: (key, _task, seen) => {
      taken.push(key);
      handed.push(seen);
      return new Promise((resolve) => release.set(key, resolve));
    },
  });
}

function tell(name: string, task: Partial<HubTask> & { owner?: string | null } = {}): string {
  const key = `task.a./shop.${name}`;
  const { owner = null, ...more } = { continued: null, ...task };
  const lease = { task: key, owner, epoch: 1, nonce: 'n', hubStart: 'S' };
  const text = writtenHubTask({ lease, written: 'w', run: null, offer, ...more });
  watches.get('tasks')!(key, { revision: ++revision, text });
  return key;
}

function beat(machine: string): void {
  watches.get('machines')!(hubMachineKey(machine), { revision: ++revision, text: '' });
}

const ended = (kind: 'done' | 'paused') =>
  recordWith({ ending: { kind, sentence: null, at: 1 }, toldToEnd: null });

test('a task that nobody works on is taken', () => {
  worker();
  const key = tell('docs');
  clock.turn(1000);
  expect(taken).toEqual([key]);
});

test('none is taken as long as another machine may have this one’s name', () => {
  isAlone = false;
  worker();
  const key = tell('docs', { owner: 'own', run: recordWith({ ending: null }) });
  clock.turn(10 * leaseMs);
  expect(taken).toEqual([]);
  isAlone = true;
  clock.turn(1000);
  expect(taken).toEqual([key]);
});

test.each<[string, Parameters<typeof tell>[1]]>([
  ['was not given to all machines', { offer: null }],
  ['is done', { run: ended('done') }],
  ['its user paused', { run: ended('paused') }],
])('a task that %s is left alone', (_what, task) => {
  worker();
  tell('docs', task);
  clock.turn(10 * leaseMs);
  expect(taken).toEqual([]);
});

test('a task that is pinned to another machine is never taken, however long that is silent', () => {
  worker();
  const pinned = { ...offer, pinned: 'other' };
  tell('docs', { offer: pinned });
  tell('more', { offer: pinned, owner: 'other', run: recordWith({ ending: null }) });
  const own = tell('own', { offer: { ...offer, pinned: 'own' } });
  for (let leases = 0; leases < 100; leases++) clock.turn(leaseMs);
  expect(taken).toEqual([own]);
});

test('a task whose machine was told to end is taken', () => {
  worker();
  const run = recordWith({
    ending: { kind: 'paused', sentence: null, at: 1 },
    toldToEnd: 'SIGTERM',
  });
  const key = tell('docs', { run });
  clock.turn(1000);
  expect(taken).toEqual([key]);
});

test('a task of another machine is taken when that was silent for a lease, and not before', () => {
  worker();
  const key = tell('docs', { owner: 'other', run: recordWith({ ending: null }) });
  for (let beats = 0; beats < 20; beats++) {
    beat('other');
    clock.turn(heartbeatMs);
  }
  expect(taken).toEqual([]);
  const silentSince = clock.now() - heartbeatMs;
  clock.turn(leaseMs - heartbeatMs);
  expect(taken).toEqual([key]);
  // The runner goes on from the silence that was seen here, and asks the hub for itself.
  expect(handed).toMatchObject([
    { hubStart: 'S', heartbeat: { revision, seenAt: silentSince, askedAt: null } },
  ]);
});

test('there are never more than there are places, and a place that is free is used', async () => {
  worker(2);
  const keys = ['a', 'b', 'c'].map((name) => tell(name));
  clock.turn(1000);
  expect(taken).toEqual(keys.slice(0, 2));
  tell('a', { run: ended('done') });
  release.get(keys[0]!)!();
  await Promise.resolve();
  await Promise.resolve();
  clock.turn(1000);
  expect(taken).toEqual(keys);
});

test('a task that could not be worked on is tried again after a heartbeat', async () => {
  worker();
  const key = tell('docs');
  clock.turn(1000);
  release.get(key)!();
  await Promise.resolve();
  await Promise.resolve();
  clock.turn(heartbeatMs - 1000);
  expect(taken).toEqual([key]);
  clock.turn(1000);
  expect(taken).toEqual([key, key]);
});

test('who is told to end takes no task any more', () => {
  const { drain } = worker();
  drain();
  tell('docs');
  clock.turn(10 * leaseMs);
  expect(taken).toEqual([]);
});

test('a task whose run has ended is taken once the user has it continued, and not again after the next end', () => {
  worker();
  tell('docs', { run: ended('paused') });
  clock.turn(1000);
  expect(taken).toEqual([]);
  const key = tell('docs', { run: ended('paused'), continued: ended('paused').run });
  clock.turn(1000);
  expect(taken).toEqual([key]);
  tell('docs', { run: { ...ended('paused'), run: 'next' }, continued: ended('paused').run });
  release.get(key)!();
  clock.turn(heartbeatMs * 2);
  expect(taken).toEqual([key]);
});
