import { expect, test } from 'vitest';
import { followDetails, type DetailsFeed } from '../../../source/engine/tasks/details-feed.ts';
import { noTaskOptions } from '../../../source/core/task/options.ts';
import type { StateDirectory } from '../../../source/system/state/state-directory.ts';
import type { TaskDirectory } from '../../../source/system/state/task-directory.ts';
import { noReview } from '../../../source/core/review/review.ts';
import { ended, usage } from '../../helpers/report-facts.ts';
import { HandClock } from '../../helpers/hand-clock.ts';
import { recordWith } from '../../helpers/run-records.ts';

const ticked = '1769684475000 1 1\n';

test('unchanged details are not read again and stay the same object', async () => {
  const { feed, clock, reads } = world();
  await settled();
  const before = feed.details();
  const readBefore = reads();
  clock.turn(5000);
  await settled();
  expect(reads()).toBe(readBefore);
  expect(feed.details()).toBe(before);
});

test('a known change is read at once', async () => {
  const { feed, quietly } = world();
  await settled();
  quietly({ notes: 'second' });
  void feed.hurry();
  await settled();
  expect(feed.details()).toMatchObject({ notes: 'second', options: ['model gpt-5.5'] });
});

test('step times recorded for another directory of the same name are not shown', async () => {
  const { feed } = world({ inode: 99 });
  await settled();
  expect(feed.details()).toMatchObject({ ticks: [], run: null });
  const own = world();
  await settled();
  expect(own.feed.details()?.ticks).toHaveLength(1);
});

test('unproven ticks and the version that the guard replaced are told by their steps', async () => {
  const { feed } = world();
  await settled();
  expect(feed.details()).toMatchObject({
    unproven: [{ number: 1, session: 1, reason: 'no file changed' }],
    replaced: { session: 1, steps: [{ number: 1, text: 'one', instead: 'won' }] },
  });
});

test('what Reviewers said is told with what they cost, and the journal is read for no other task', async () => {
  const { feed } = world();
  await settled();
  expect(feed.details()).toMatchObject({ review: null });
  const last = [{ step: 1, problem: 'a stub', evidence: 'a.ts:1' }];
  const reviewed = world({ review: { ...noReview, round: 2, rejected: 2, last } });
  await settled();
  expect(reviewed.feed.details()).toMatchObject({
    review: {
      ...{ round: 2, rejected: 2, findings: 1 },
      reviews: { rounds: 1, rejected: 1, sessions: 1, usage },
    },
  });
});

test('a closed feed stops looking', async () => {
  const { feed, clock, reads } = world();
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

function world({ inode = 3, review = noReview } = {}): World {
  const clock = new HandClock();
  const record = recordWith({ review });
  let notes = 'first';
  let reads = 0;
  const task: Partial<TaskDirectory> = {
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
    readUnproven: (directory) =>
      Promise.resolve(
        directory?.inode === 3 ? [{ session: 1, text: 'one', reason: 'no file changed' }] : [],
      ),
    readReplacedList: () =>
      Promise.resolve({ session: 1, text: '- [x] won\n', restored: '- [ ] one\n' }),
    readGuidance: () => Promise.resolve([]),
    readJournal: () => {
      if (review === noReview) throw new Error('Nothing in it is shown');
      return Promise.resolve([
        ended(1),
        ended(2, { role: 'reviewer' }),
        { at: 2001, what: 'review', session: 2, round: 1, verdict: 'rejected' },
      ]);
    },
    readOptions: () => Promise.resolve({ ...noTaskOptions, model: 'gpt-5.5' }),
  };
  const feed = followDetails({
    clock,
    name: 'shop',
    task: task as TaskDirectory,
    state: state as StateDirectory,
    directory: '.autonomous/shop',
    fingerprint: () => notes,
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
