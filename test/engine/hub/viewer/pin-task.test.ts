// A pin is given and taken back only where no two machines can have the task.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  readHubTask,
  writtenHubTask,
  type HubTask,
} from '../../../../source/core/hub/task-record.ts';
import { holdsForGood, isFor } from '../../../../source/core/hub/task-offer.ts';
import { pinTask } from '../../../../source/engine/hub/viewer/pin-task.ts';
import type { HubConnection } from '../../../../source/system/hub/hub-connection.ts';
import { taskKey } from '../../../helpers/hub/hub-machine.ts';
import { recordWith } from '../../../helpers/run-records.ts';

const hubStart = 'start-2';
const offer = {
  ...{ description: 'Write the docs', remote: '/srv/shop.git', base: 'a'.repeat(40) },
  ...{ directory: '', model: null, review: null, checks: null, pinned: null },
};

function recordOf(
  pinned: string | null,
  lease: Partial<HubTask['lease']> = {},
): HubTask & { offer: typeof offer | null } {
  const held = { task: taskKey, owner: null, epoch: 3, nonce: 'n', hubStart, ...lease };
  const run = recordWith({ run: 'first' });
  return {
    lease: held,
    written: 'w',
    run,
    offer: { ...offer, pinned: pinned as null },
    continued: null,
  };
}

/** A hub with one record. `others`: what other machines do just before a write arrives. */
function hubWith(record: HubTask, others: HubTask[] = []) {
  const hub = { text: writtenHubTask(record), revision: 7 };
  const connection = {
    hubStart,
    read: () => Promise.resolve({ ...hub }),
    write: (
      _bucket: string,
      _key: string,
      { text, expected }: { text: string; expected: number },
    ) => {
      const other = others.shift();
      if (other !== undefined) {
        hub.text = writtenHubTask(other);
        hub.revision++;
      }
      if (expected !== hub.revision) return Promise.resolve('refused');
      hub.text = text;
      return Promise.resolve(++hub.revision);
    },
  } as unknown as HubConnection;
  return {
    pin: (machine: string | null) =>
      pinTask({ connection, key: taskKey, machine, newId: randomUUID }),
    there: (): HubTask => {
      const found = readHubTask(hub.text, taskKey);
      if (found.kind !== 'read') throw new Error(found.kind);
      return found.task;
    },
    revision: () => hub.revision,
  };
}

test('a task that nobody has is pinned to the machine that asks, and nothing else of it changes', async () => {
  const { pin, there, revision } = hubWith(recordOf(null));
  expect(await pin('laptop')).toBe('laptop');
  const { written, ...rest } = there();
  const { written: _, ...before } = recordOf(null);
  const wanted = { ...before, offer: { ...offer, pinned: 'laptop', pinnedLater: true } };
  expect(rest).toEqual(wanted);
  expect(written).not.toBe('w');
  expect(await pin('laptop')).toBe('laptop');
  expect(revision()).toBe(8);
});

test('a task that a machine has is pinned to that one, whoever asks', async () => {
  const { pin, there } = hubWith(recordOf(null, { owner: 'server' }));
  expect(await pin('laptop')).toBe('server');
  expect(there().offer?.pinned).toBe('server');
});

test('a machine that claims it at the same time is the one that it is pinned to', async () => {
  const { pin, there } = hubWith(recordOf(null), [recordOf(null, { owner: 'server', epoch: 4 })]);
  expect(await pin('laptop')).toBe('server');
  expect(there().lease).toMatchObject({ owner: 'server', epoch: 4 });
});

test('a pin that was given later is taken back at any time: its owner has a lease like any other', async () => {
  const { pin, there } = hubWith(recordOf(null, { owner: 'laptop', hubStart: 'start-1' }));
  expect(holdsForGood('laptop', there().offer)).toBe(false);
  await pin('server');
  expect(there().offer).toMatchObject({ pinned: 'laptop', pinnedLater: true });
  expect(isFor('server', there().offer!)).toBe(false);
  expect(holdsForGood('laptop', there().offer)).toBe(false);
  expect(await pin(null)).toBeNull();
  expect(there().offer).toEqual(offer);
});

test('a pin that was given with the task holds for good, and is taken back while nobody has it', async () => {
  const { pin, there } = hubWith(recordOf('laptop'));
  expect(holdsForGood('laptop', there().offer)).toBe(true);
  expect(await pin(null)).toBeNull();
  expect(there().offer?.pinned).toBeNull();
});

test.each([
  [
    'its machine has it',
    { owner: 'laptop' },
    'laptop has it, and was given it with its pin: pause it first',
  ],
  [
    'the hub may have forgotten that its machine has it',
    { hubStart: 'start-1' },
    'The hub was started again since laptop had it last: continue it there and pause it, then its pin can be changed',
  ],
])('a pin that was given with the task stays while %s', async (_why, lease, sentence) => {
  const { pin, there } = hubWith(recordOf('laptop', lease));
  await expect(pin(null)).rejects.toThrow(sentence);
  expect(there().offer?.pinned).toBe('laptop');
});

test('a machine that claims it just before its pin is taken back keeps it', async () => {
  const claimed = recordOf('laptop', { owner: 'laptop', epoch: 4 });
  const { pin, there } = hubWith(recordOf('laptop'), [claimed]);
  await expect(pin(null)).rejects.toThrow('pause it first');
  expect(there()).toEqual(claimed);
});

test('a task that is worked on in its project itself stays pinned to its machine', async () => {
  const inPlace = {
    ...{ description: 'Write the docs', model: null, review: null, checks: null },
    ...{ remote: null, id: 'b'.repeat(32), pinned: 'laptop' },
  };
  const { pin, there } = hubWith({ ...recordOf(null), offer: inPlace });
  expect(await pin('laptop')).toBe('laptop');
  for (const machine of [null, 'server']) {
    await expect(pin(machine)).rejects.toThrow(
      'It is worked on in the project itself, on laptop: no other machine can have it',
    );
  }
  expect(there().offer).toEqual(inPlace);
});

test('a task that stays with its machine anyway cannot be pinned', async () => {
  const { pin } = hubWith({ ...recordOf(null), offer: null });
  await expect(pin('laptop')).rejects.toThrow('It stays with its machine anyway');
});
