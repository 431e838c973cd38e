import { expect, test } from 'vitest';
import { followDetails, type DetailsFeed } from '../../../source/engine/tasks/details-feed.ts';
import type { LogTail, TailBatch } from '../../../source/system/log/tail.ts';
import type { StateDirectory } from '../../../source/system/state/state-directory.ts';
import type { TaskDirectory } from '../../../source/system/state/task-directory.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { recordWith } from '../../helpers/run-records.ts';

const started = '{"type":"autonomous.session.started","session":1,"uuid":"u","role":"executor"}';
const ticked = '1769684475000 1 1\n';

test('sessions are read only once they are asked for', async () => {
  const { feed, change } = world({ log: [started] });
  await settled();
  expect(feed.details()).toMatchObject({ sessions: null, notes: 'first' });
  feed.wantSessions();
  await settled();
  expect(feed.details()?.sessions).toMatchObject([{ number: 1, role: 'executor' }]);
  await change({ notes: 'second' });
  expect(feed.details()).toMatchObject({ notes: 'second', sessions: [{ number: 1 }] });
});

test('a log without a session gives an empty list, not null', async () => {
  const { feed } = world({ log: [] });
  feed.wantSessions();
  await settled();
  expect(feed.details()?.sessions).toEqual([]);
});

test('unchanged details are not read again and stay the same object', async () => {
  const { feed, clock, reads } = world({ log: [] });
  await settled();
  const before = feed.details();
  const readBefore = reads();
  clock.turn(5000);
  await settled();
  expect(reads()).toBe(readBefore);
  expect(feed.details()).toBe(before);
});

test('a known change is read at once', async () => {
  const { feed, quietly } = world({ log: [] });
  await settled();
  quietly({ notes: 'second' });
  feed.hurry();
  await settled();
  expect(feed.details()).toMatchObject({ notes: 'second' });
});

test('step times recorded for another directory of the same name are not shown', async () => {
  const { feed } = world({ log: [], inode: 99 });
  await settled();
  expect(feed.details()).toMatchObject({ ticks: [], run: null });
  const own = world({ log: [] });
  await settled();
  expect(own.feed.details()?.ticks).toHaveLength(1);
});

test('a closed feed stops looking', async () => {
  const { feed, clock, reads } = world({ log: [] });
  await settled();
  feed.close();
  const before = reads();
  clock.turn(60_000);
  await settled();
  expect(reads()).toBe(before);
  expect(clock.waiting).toBe(0);
});

type World = {
  feed: DetailsFeed;
  clock: HandClock;
  reads(): number;
  change(to: { notes: string }): Promise<void>;
  /** The same change, without time passing. */
  quietly(to: { notes: string }): void;
};

function world({ log, inode = 3 }: { log: readonly string[]; inode?: number }): World {
  const clock = new HandClock();
  const record = recordWith({});
  let notes = 'first';
  let reads = 0;
  let left = log.map((text) => ({ offset: 0, bytes: text.length, text }));
  const task: Partial<TaskDirectory> = {
    logPath: '/p/session.log',
    readList: () => {
      reads++;
      return Promise.resolve({ kind: 'text', text: '- [x] one\n' });
    },
    readDescription: () => Promise.resolve('a shop'),
    readNotes: () => Promise.resolve(notes),
    identity: () => Promise.resolve({ ...record.directory, inode }),
  };
  const state: Partial<StateDirectory> = {
    readRecord: () => Promise.resolve(record),
    readTicks: () => Promise.resolve(ticked),
  };
  const tail: Partial<LogTail> = {
    read: () => {
      const batch: TailBatch = { lines: left, reset: 'none', atEnd: true };
      left = [];
      return Promise.resolve(batch);
    },
    close: () => Promise.resolve(),
  };
  const feed = followDetails({
    clock,
    name: 'shop',
    task: task as TaskDirectory,
    state: state as StateDirectory,
    directory: '.autonomous/shop',
    fingerprint: () => notes,
    tailLog: () => tail as LogTail,
  });
  return {
    feed,
    clock,
    reads: () => reads,
    quietly: (to) => {
      notes = to.notes;
    },
    change: (to) => {
      notes = to.notes;
      clock.turn(1000);
      return settled();
    },
  };
}

/** Resolves when every read that has begun is done. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
