import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  readHubTask,
  writtenHubTask,
  type HubTask,
} from '../../../../source/core/hub/task-record.ts';
import { continueTask } from '../../../../source/engine/hub/viewer/continue-task.ts';
import type { HubConnection } from '../../../../source/system/hub/hub-connection.ts';
import { taskKey, withTwoMachines } from '../../../helpers/hub/hub-machine.ts';
import { hasNats } from '../../../helpers/hub/nats-server.ts';
import { recordWith } from '../../../helpers/run-records.ts';

const offer: HubTask['offer'] = {
  ...{ description: 'Write the docs', remote: '/srv/shop.git', base: 'a'.repeat(40) },
  ...{ directory: '', model: null, review: null, checks: null, pinned: null },
};
const ended = recordWith({
  run: 'first',
  phase: 'ended',
  ending: { kind: 'paused', sentence: null, at: 1 },
});

function recordOf(more: Partial<HubTask> = {}): HubTask {
  const lease = { task: taskKey, owner: null, epoch: 3, nonce: 'n', hubStart: 'S' };
  return { lease, written: 'w', run: ended, offer, continued: null, ...more };
}

/** A hub with one record. `before`: what another machine does just before a write arrives. */
function hubWith(text: string | null, before: (() => string | null)[] = []) {
  const hub = { text, revision: 7, writes: 0 };
  const connection = {
    read: () => Promise.resolve({ revision: hub.revision, text: hub.text }),
    write: (
      _bucket: string,
      _key: string,
      { text: next, expected }: { text: string; expected: number },
    ) => {
      const other = before.shift()?.() ?? null;
      if (other !== null) Object.assign(hub, { text: other, revision: hub.revision + 1 });
      if (expected !== hub.revision) return Promise.resolve('refused');
      Object.assign(hub, { text: next, revision: hub.revision + 1, writes: hub.writes + 1 });
      return Promise.resolve(hub.revision);
    },
  } as unknown as HubConnection;
  const there = (): HubTask => {
    const found = readHubTask(hub.text!, taskKey);
    if (found.kind !== 'read') throw new Error(found.kind);
    return found.task;
  };
  return { hub, there, go: () => continueTask({ connection, key: taskKey, newId: randomUUID }) };
}

test('a task whose run has ended goes on, and neither its run nor its lease is touched', async () => {
  const { there, go, hub } = hubWith(writtenHubTask(recordOf()));
  await go();
  const { written, ...rest } = there();
  const { written: _, ...before } = recordOf({ continued: 'first' });
  expect(rest).toEqual(before);
  expect(written).not.toBe('w');
  await go();
  expect(hub.writes).toBe(1);
});

test('a machine that claims the task at the same time wins, and the task is not written again', async () => {
  const lease = { ...recordOf().lease, owner: 'machine-b', epoch: 4 };
  const run = recordWith({ run: 'second', ending: null });
  const claimed = writtenHubTask(recordOf({ lease, run }));
  const { there, go, hub } = hubWith(writtenHubTask(recordOf()), [() => claimed]);
  await go();
  expect(hub.writes).toBe(0);
  expect(there().lease).toEqual(lease);
});

test('an owner that writes the end of its run at the same time keeps what it wrote', async () => {
  const more = recordWith({ ...ended, unproven: 2 });
  const released = writtenHubTask(recordOf({ run: more }));
  const { there, go } = hubWith(writtenHubTask(recordOf()), [() => released]);
  await go();
  expect(there()).toMatchObject({ run: { unproven: 2 }, continued: 'first' });
});

test.each<[string, string | null, RegExp]>([
  [
    'is done',
    writtenHubTask(recordOf({ run: { ...ended, ending: { ...ended.ending!, kind: 'done' } } })),
    /is done/,
  ],
  ['was not given to all machines', writtenHubTask(recordOf({ offer: null })), /continue it there/],
  ['is not there', null, /does not have this task/],
  ['cannot be read', '{"version":1}', /cannot be read/],
  ['is of a newer version', '{"version":2}', /update autonomous-tui/],
])('a task that %s is left alone, and the user is told', async (_what, text, sentence) => {
  const { go, hub } = hubWith(text);
  await expect(go()).rejects.toThrow(sentence);
  expect(hub.writes).toBe(0);
});

test.each<[string, Partial<HubTask>]>([
  ['has not begun', { run: null }],
  ['is worked on', { run: { ...ended, ending: null } }],
  ['is free because its machine was told to end', { run: { ...ended, toldToEnd: 'SIGTERM' } }],
])('a task that %s needs nothing', async (_what, more) => {
  const { go, hub } = hubWith(writtenHubTask(recordOf(more)));
  await go();
  expect(hub.writes).toBe(0);
});

test.skipIf(!hasNats)(
  'a task that ended is claimed with what the user said, and the claim keeps it',
  async () => {
    await withTwoMachines(async ({ owner, user }) => {
      const connection = await user.connected();
      const free = { ...recordOf().lease, hubStart: connection.hubStart };
      const text = writtenHubTask(recordOf({ lease: free }));
      await connection.write('tasks', taskKey, { text, expected: 0 });
      await continueTask({ connection, key: taskKey, newId: randomUUID });
      const claim = await (await owner.process()).claim();
      expect(claim?.recorded).toMatchObject({ run: 'first' });
      const read = readHubTask((await connection.read('tasks', taskKey)).text!, taskKey);
      expect(read).toMatchObject({ task: { continued: 'first', lease: { owner: 'machine-1' } } });
      claim?.release();
      await claim?.released;
    });
  },
);
