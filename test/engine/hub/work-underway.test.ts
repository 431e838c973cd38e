// When the work of a session that runs is handed on.

import { beforeEach, expect, test } from 'vitest';
import type { SessionRecord } from '../../../source/core/run/record.ts';
import { workUnderway } from '../../../source/engine/hub/work-underway.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { recordWith } from '../../helpers/run-records.ts';

const everyMs = 600_000;

let clock: HandClock;
let handed: number[];
let notes: string[];
let answer: () => Promise<string | null>;
beforeEach(() => {
  clock = new HandClock();
  [handed, notes] = [[], []];
  answer = () => Promise.resolve(null);
});

function begun(ms = everyMs): ReturnType<typeof workUnderway> {
  const underway = workUnderway({
    clock,
    handOn: (session) => {
      handed.push(session);
      return answer();
    },
    note: (sentence) => {
      notes.push(sentence);
      return Promise.resolve();
    },
  });
  underway.begin(ms);
  return underway;
}

const codex = { pid: 1, startTime: '1', bootId: 'b' };

function record(number: number, more: Partial<SessionRecord> = {}) {
  const session: SessionRecord = {
    ...{ number, uuid: `u-${number}`, role: 'executor', resumes: null, threadId: null },
    ...{ startedAt: 1, log: { offset: 0, device: 1, inode: 1 }, output: 'own file' },
    ...{ codex, ended: null },
    ...more,
  };
  return recordWith({ session });
}

/** The next wait begins when this one is handed on. */
async function settled(): Promise<void> {
  for (let step = 0; step < 10; step++) await Promise.resolve();
}

async function turn(times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    clock.turn(everyMs);
    await settled();
  }
}

test('a session that runs is handed on again and again, counted from its start', async () => {
  const { recorded } = begun();
  clock.turn(everyMs - 1);
  recorded(record(3));
  clock.turn(everyMs - 1);
  // Each record of it is the same session.
  recorded(record(3));
  expect(handed).toEqual([]);
  clock.turn(1);
  expect(handed).toEqual([3]);
  await settled();
  await turn(2);
  expect(handed).toEqual([3, 3, 3]);
});

test('nothing is handed on before Codex has started, after its session, or once it is closed', async () => {
  const { recorded, close } = begun();
  recorded(record(3, { codex: null }));
  await turn(2);
  recorded(record(3));
  recorded(record(3, { ended: { at: 2, outcome: 'completed', copy: null } }));
  await turn(2);
  recorded(record(4));
  close();
  await turn(2);
  expect(handed).toEqual([]);
  expect(clock.waiting).toBe(0);
});

test('a time of 0 hands nothing on', async () => {
  begun(0).recorded(record(3));
  await turn(2);
  expect(handed).toEqual([]);
});

test('while one is under way, no other one begins', async () => {
  const pending = Promise.withResolvers<null>();
  answer = () => pending.promise;
  begun().recorded(record(3));
  await turn(5);
  expect(handed).toEqual([3]);
  pending.resolve(null);
  await turn(1);
  await turn(1);
  expect(handed).toEqual([3, 3]);
});

test('what goes wrong is said once, and tried again', async () => {
  answer = () => Promise.reject(new Error('the git remote is gone'));
  begun().recorded(record(3));
  await turn(3);
  expect(handed).toEqual([3, 3, 3]);
  expect(notes).toEqual(['The work so far of session 3 was not handed on: the git remote is gone']);
});
