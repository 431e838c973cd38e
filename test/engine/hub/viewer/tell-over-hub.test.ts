// Whether something is said twice where the hub's answer is lost, with a hub that the test plays.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { hubTaskKey } from '../../../../source/core/hub/hub-names.ts';
import { writtenHubTask, type HubTask } from '../../../../source/core/hub/task-record.ts';
import type { HubLink } from '../../../../source/engine/hub/hub-link.ts';
import { tellOverHub } from '../../../../source/engine/hub/viewer/tell-over-hub.ts';
import { systemClock } from '../../../../source/system/clock.ts';
import { HubError } from '../../../../source/system/hub/hub-error.ts';
import type { HubConnection } from '../../../../source/system/hub/hub-connection.ts';
import type { HubProblem } from '../../../../source/core/hub/hub-problem.ts';

const task = 'laptop:/shop/docs';
const key = hubTaskKey(task)!;
const record: HubTask = {
  lease: { task: key, owner: null, epoch: 1, nonce: 'n', hubStart: 'S' },
  ...{ written: 'w', run: null, offer: null, continued: null },
};

/** A hub whose answer to the write of a piece is that problem. `stores`: it keeps the piece all the same. */
function hubWith(problem: HubProblem, { stores, answers }: { stores: boolean; answers: boolean }) {
  const kept = new Map([[key, writtenHubTask(record)]]);
  const connection = {
    read: (_: string, at: string) => {
      if (at !== key && !answers) return Promise.reject(new HubError('no answer', { hub: 'h' }));
      const text = kept.get(at) ?? null;
      return Promise.resolve({ revision: text === null ? 0 : 7, text });
    },
    list: () => Promise.resolve([]),
    write: (_: string, at: string, { text }: { text: string }) => {
      if (stores) kept.set(at, text);
      return Promise.reject(new HubError(problem, { hub: 'h' }));
    },
  } as unknown as HubConnection;
  const link = { current: () => connection, problem: () => null } as unknown as HubLink;
  const asking = { link, clock: systemClock, newId: randomUUID, patienceMs: 300 };
  return { kept, tell: () => tellOverHub(asking, task, { text: 'Use oak', when: 'next' }) };
}

test('a piece that the hub has is said, though the answer was lost', async () => {
  const { kept, tell } = hubWith('no answer', { stores: true, answers: true });
  expect(await tell()).toMatchObject({
    ok: true,
    sentence: 'docs will be told when a machine takes it',
    piece: { text: 'Use oak' },
  });
  expect(kept.size).toBe(2);
});

test.each([true, false])(
  'whoever says it is told that it is not known whether the hub has it (it answers again: %s)',
  async (answers) => {
    const { tell } = hubWith('no answer', { stores: false, answers });
    const { ok, sentence, piece } = await tell();
    expect({ ok, piece }).toEqual({ ok: false, piece: undefined });
    expect(sentence).toMatch(/^It is not known whether the hub has it: look at the About page/);
  },
);

test('what the hub will not have is said as the hub says it', async () => {
  const { tell } = hubWith('too large', { stores: false, answers: true });
  const { ok, sentence } = await tell();
  expect(ok).toBe(false);
  expect(sentence).not.toContain('not known');
});
