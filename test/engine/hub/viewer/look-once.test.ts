import { expect, test } from 'vitest';
import { writtenHubTask, type HubTask } from '../../../../source/core/hub/task-record.ts';
import { lookOnce } from '../../../../source/engine/hub/viewer/look-once.ts';
import type { HubConnection } from '../../../../source/system/hub/hub-connection.ts';
import { recordWith } from '../../../helpers/run-records.ts';

const key = 'task.laptop./shop.docs';
const offer: HubTask['offer'] = {
  ...{ description: 'Write the docs', remote: '/srv/shop.git', base: 'a'.repeat(40) },
  ...{ directory: '', model: null, review: null, checks: null, pinned: null },
};

/** A task that machine-b works on, with the heartbeats that the hub has. */
function hubWith(
  heartbeats: Record<string, number>,
  more: Partial<HubTask> = {},
): Pick<HubConnection, 'list' | 'look'> {
  const lease = { task: key, owner: 'machine-b', epoch: 1, nonce: 'n', hubStart: 'S' };
  const text = writtenHubTask({
    ...{ lease, written: 'w', run: recordWith(), offer, continued: null },
    ...more,
  });
  const beats = Object.entries(heartbeats).map(([of, agoMs]) => ({ key: of, text: '{}', agoMs }));
  return {
    list: () => Promise.resolve([{ key, revision: 1, text }]),
    look: () =>
      Promise.resolve({ version: '', roundTripMs: 1, aheadMs: 3_600_000, heartbeats: beats }),
  };
}

async function stateIn(hub: Pick<HubConnection, 'list' | 'look'>) {
  const [view] = await lookOnce(hub, { now: 0 });
  return view?.state;
}

test.each([
  ['runs while its machine is heard', { 'machine.machine-b': 9000 }, 'running', null],
  [
    'is interrupted once its machine is silent for longer than a lease',
    { 'machine.machine-b': 3 * 86_400_000, 'machine.machine-c': 1000 },
    'interrupted',
    'nothing heard from machine-b for 3d',
  ],
  [
    'is left as it is if the hub has lost the heartbeat of its machine',
    { 'machine.machine-c': 99_000 },
    'running',
    null,
  ],
])('in one look, a task %s', async (_, heartbeats, word, reason) => {
  expect(await stateIn(hubWith(heartbeats))).toMatchObject({ word, reason });
});

test('in one look, a task that has ended is as it ended, also if its machine is gone', async () => {
  const run = recordWith({ phase: 'ended', ending: { kind: 'paused', sentence: null, at: 1 } });
  expect(await stateIn(hubWith({ 'machine.machine-b': 99_000 }, { run }))).toMatchObject({
    word: 'paused',
  });
});
