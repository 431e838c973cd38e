// What a viewer knows of a hub that the test plays: the age of what it shows, and which machines are silent.

import { beforeEach, expect, test } from 'vitest';
import { hubMachineKey } from '../../../../source/core/hub/hub-names.ts';
import { writtenHubTask } from '../../../../source/core/hub/task-record.ts';
import { leaseDurations } from '../../../../source/core/lease/durations.ts';
import type { Board } from '../../../../source/core/task/board.ts';
import { emptyBoard, reduceBoard } from '../../../../source/core/task/board.ts';
import type { HubLink } from '../../../../source/engine/hub/hub-link.ts';
import { followHubTasks } from '../../../../source/engine/hub/viewer/hub-tasks.ts';
import { observeHub } from '../../../../source/engine/hub/viewer/observe-hub.ts';
import type { Observer } from '../../../../source/engine/tasks/observer.ts';
import type { HubConnection, HubEntry } from '../../../../source/system/hub/hub-connection.ts';
import { HandClock } from '../../../helpers/hand-clock.ts';
import { recordWith } from '../../../helpers/run-records.ts';

const { leaseMs } = leaseDurations;
type Stored = HubEntry & { key: string };

let clock: HandClock;
let stored: Map<string, Stored>;
let hears: ((key: string, entry: HubEntry) => void) | null;
let connection: HubConnection | null;
let answers: boolean;
let changed: () => void;
let board: Board;
let observer: Observer;
let revision: number;

beforeEach(async () => {
  clock = new HandClock();
  stored = new Map();
  [hears, answers, revision] = [null, true, 0];
  connection = connect();
  board = emptyBoard('all machines');
  const link: HubLink = {
    current: () => connection,
    problem: () => (connection === null ? 'The hub cannot be reached' : null),
    onChange: (listener) => {
      changed = listener;
      return () => {};
    },
    close: () => Promise.resolve(),
  };
  const hub = followHubTasks({ link, clock, bootNow: clock.now, durations: leaseDurations });
  const own = { host: 'laptop', project: '/own', label: '~/own', problem: null };
  observer = observeHub({ hub, link, clock, own }, (action) => {
    board = reduceBoard(board, action);
  });
  write('docs', 'machine-b');
  beat('machine-b');
  await observer.look();
});

function connect(): HubConnection {
  const list = (_bucket: string, keys: string): Promise<Stored[]> => {
    if (!answers) return new Promise(() => {});
    const [kind = ''] = keys.split('.');
    return Promise.resolve([...stored.values()].filter(({ key }) => key.startsWith(`${kind}.`)));
  };
  const watch = (_bucket: string, _keys: string, onEntry: typeof hears) => {
    hears = onEntry;
    return { close: () => {} };
  };
  return { list, watch } as unknown as HubConnection;
}

function write(name: string, owner: string | null, ticked = 0): Stored {
  const key = `task.laptop./shop.${name}`;
  const lease = { task: key, owner, epoch: 1, nonce: 'n', hubStart: 'S' };
  const run = recordWith({ ticked, steps: 3 });
  const text = writtenHubTask({ lease, written: 'w', run, offer: null, continued: null });
  const entry = { key, revision: ++revision, text };
  stored.set(key, entry);
  return entry;
}

function beat(machine: string): void {
  const key = hubMachineKey(machine);
  stored.set(key, { key, revision: ++revision, text: '' });
}

/** Time passes, and what was asked is answered. */
async function pass(ms: number, meanwhile = (): void => {}): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1000) {
    meanwhile();
    clock.turn(1000);
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
}

const states = () => board.tasks.map(({ name, state }) => [name, state.word, state.reason]);

test('a task is on the board with its project, behind the user’s own', () => {
  expect(states()).toEqual([['docs', 'running', null]]);
  expect(board.projects).toMatchObject([
    { host: 'laptop', project: '/own' },
    { host: 'laptop', project: '/shop', label: '/shop (from laptop)', takesNew: false },
  ]);
});

test('a change is on the board when the hub tells it', () => {
  const entry = write('docs', 'machine-b', 2);
  hears!(entry.key, entry);
  expect(board.tasks).toMatchObject([{ done: 2 }]);
});

test('a change that no watch tells is on the board within half a minute', async () => {
  write('docs', 'machine-b', 2);
  write('shop', null);
  await pass(30_000, () => beat('machine-b'));
  expect(board.tasks).toMatchObject([{ name: 'docs', done: 2 }, { name: 'shop' }]);
});

test('what a watch told is not undone by an older list', async () => {
  const entry = write('docs', 'machine-b', 2);
  hears!(entry.key, entry);
  const old = write('docs', 'machine-b', 1);
  stored.set(old.key, { ...old, revision: entry.revision - 1 });
  await pass(5000);
  expect(board.tasks).toMatchObject([{ done: 2 }]);
});

test('a task whose machine is silent for a lease is interrupted, and not before; it goes on when that is heard again', async () => {
  await pass(leaseMs - 5000);
  expect(states()).toEqual([['docs', 'running', null]]);
  await pass(10_000);
  expect(states()).toEqual([['docs', 'interrupted', 'nothing heard from machine-b for 30 s']]);
  await pass(3 * 60_000);
  expect(states()).toEqual([['docs', 'interrupted', 'nothing heard from machine-b for 3m']]);
  beat('machine-b');
  await pass(5000);
  expect(states()).toEqual([['docs', 'running', null]]);
});

test('a machine that lives is never silent', async () => {
  await pass(10 * leaseMs, () => beat('machine-b'));
  expect(states()).toEqual([['docs', 'running', null]]);
});

test('while the hub is away the list stays, says its age, and calls no machine silent', async () => {
  connection = null;
  changed();
  expect(board.problem).toBe('The hub is away; this is a few seconds old');
  await pass(125_000);
  expect(board.problem).toBe('The hub is away; this is 2m old');
  expect(states()).toEqual([['docs', 'running', null]]);
  connection = connect();
  changed();
  await pass(1000);
  expect(board.problem).toBeNull();
  // Nothing could be heard meanwhile.
  expect(states()).toEqual([['docs', 'running', null]]);
});

test('a hub that keeps its connection and answers nothing is away, too', async () => {
  answers = false;
  await pass(60_000);
  expect(board.problem).toBe('The hub is away; this is 1m old');
  expect(states()).toEqual([['docs', 'running', null]]);
});

test('a key of the hub that is no task’s is not on the board', async () => {
  stored.set('task.a', { key: 'task.a', revision: ++revision, text: '{}' });
  stored.set('task.=001b./x.docs.x', {
    key: 'task.=001b./x.docs.x',
    revision: ++revision,
    text: '{}',
  });
  await observer.look();
  expect(states()).toEqual([['docs', 'running', null]]);
});
