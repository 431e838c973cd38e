// What a user is notified of: each thing once, however often the run looks again at what holds it up.

import { expect, test } from 'vitest';
import type { Happening } from '../../../source/core/notify/events.ts';
import { happeningsBetween, nothingSaid } from '../../../source/core/notify/happenings.ts';
import type { Fact } from '../../../source/core/run/fact.ts';
import { allDone, failing, listOf, missing, open, Story } from '../../helpers/run-story.ts';

class HeardStory extends Story {
  readonly heard: Happening[] = [];
  #said = nothingSaid;

  override tell(fact: Fact): this {
    const before = this.run;
    super.tell(fact);
    const next = happeningsBetween(before, this.run, this.#said);
    this.#said = next.said;
    this.heard.push(...next.happenings);
    return this;
  }

  get events(): string[] {
    return this.heard.map(({ event }) => event);
  }
}

const loggedOut = failing('unexpected status 401 Unauthorized: no such key');
const withChecks = { settings: { stage: ['checks'] as const } };

test('a task that is done is heard once, with its steps', () => {
  const story = new HeardStory().live(null, allDone);
  expect(story.ending).toBe('done');
  expect(story.heard).toEqual([{ event: 'done', sentence: 'All 3 steps are done' }]);
});

test('an ordinary night is not heard', () => {
  const story = new HeardStory().live();
  for (let session = 2; session < 6; session++) {
    story.wake().live(session === 3 ? failing('stream disconnected before completion') : null);
  }
  expect(story.heard).toEqual([]);
});

test('what needs the user is heard once, not with each try', () => {
  const story = new HeardStory().live(loggedOut);
  for (let tries = 0; tries < 5; tries++) story.wake().live(loggedOut);
  expect(story.events).toEqual(['needs you']);
  expect(story.heard[0]?.sentence).toMatch(/not logged in/);
});

test('it is heard again once a session has worked in between', () => {
  const story = new HeardStory()
    .live(loggedOut)
    .wake()
    .live(null, listOf({ done: 2, total: 3 }));
  story.wake().live(loggedOut);
  expect(story.events).toEqual(['needs you', 'needs you']);
});

test('another reason is heard as well', () => {
  const story = new HeardStory().live(loggedOut).wake();
  story.live(failing('Quota exceeded. Check your plan and billing details.'));
  expect(story.events).toEqual(['needs you', 'needs you']);
  expect(story.heard[1]?.sentence).not.toBe(story.heard[0]?.sentence);
});

test('a run that fails is heard with its reason', () => {
  const story = new HeardStory({ hadSteps: true }).look(missing);
  expect(story.phase).toBe('ended');
  expect(story.heard).toMatchObject([
    { event: 'failed', sentence: expect.stringMatching(/./) as string },
  ]);
});

test('a limit is heard once, however often it is told, and a later one again', () => {
  const story = new HeardStory();
  story.permit = 'on request';
  story.look();
  const wait = (until: number): void => {
    const { session } = story;
    story.tell({ kind: 'kept waiting', session, wait: { reason: 'usage limit', until } });
  };
  wait(5_000_000);
  wait(5_000_000);
  wait(5_060_000);
  expect(story.heard).toEqual([{ event: 'limit', sentence: 'It waits for the usage limit' }]);
  wait(50_000_000);
  expect(story.events).toEqual(['limit', 'limit']);
});

test('a check that fails before the work begins is a baseline, later one a check', () => {
  const first = new HeardStory(withChecks).look();
  first.settle({ unmet: 'check fails: npm test' });
  expect(first.heard).toEqual([{ event: 'baseline', sentence: 'check fails: npm test' }]);

  const later = new HeardStory(withChecks).look().settle({ unmet: null }).look();
  later.exit().close(null, open).settle({ unmet: 'check fails: npm test' });
  expect(later.heard).toEqual([{ event: 'check', sentence: 'check fails: npm test' }]);
  later.wake().look().exit().close(null, open).settle({ unmet: 'check fails: npm test' });
  expect(later.events).toEqual(['check']);
  later.wake().look().exit().close(null, open).settle({ unmet: null });
  later.wake().look().exit().close(null, open).settle({ unmet: 'check fails: npm test' });
  expect(later.events).toEqual(['check', 'check']);
});
