import { describe, expect, test } from 'vitest';
import { stageParts, tellings } from '../../../source/core/stage/stage.ts';
import { allDone, failing, open, Story, type StoryBeginning } from '../../helpers/run-story.ts';

const settings = { stage: ['guard', 'checks', 'evidence'] as const };
const fails = { unmet: 'check fails: npm test' };
const passes = { unmet: null };

/** All of a stage, the checks with this answer. */
function settleAll(story: Story, checks: object = passes): Story {
  while (story.phase === 'settling') {
    const part = story.run.phase.name === 'settling' ? story.run.phase.left[0] : null;
    story.settle(part === 'checks' ? checks : {});
  }
  return story;
}

/** A run that has looked and done its baseline, with a session under way. */
function working(beginning: StoryBeginning = {}): Story {
  const story = new Story({ settings, ...beginning }).look();
  return settleAll(story).look();
}

describe('between two sessions', () => {
  test('the parts in force run one by one, in their order, before the decision', () => {
    const story = working().exit().close();
    expect(story.done).toEqual(['settle guard']);
    expect(story.settle().done).toEqual(['settle checks']);
    expect(story.settle(passes).done).toEqual(['settle evidence']);
    expect(story.settle().phase).toBe('resting');
  });

  test('an answer of a part that is not due changes nothing', () => {
    const story = working().exit().close();
    const { run } = story;
    for (const part of stageParts.slice(1)) {
      story.tell({ kind: 'settled', session: 1, part, answer: fails });
    }
    expect(story.run).toBe(run);
  });

  test('what only the user can decide keeps a run from being done, until he has decided', () => {
    const story = working().exit().close(null, allDone);
    story.settle().settle(passes).settle({ needsUser: 'look at it' });
    expect(story.phase).toBe('resting');
    story.wake().look(allDone);
    expect(story.phase).toBe('resting');
    story.tell({ kind: 'control request', want: 'try now' }).look(allDone);
    expect(settleAll(story).look(allDone).phase).toBe('ended');
  });

  test('the list that a part leaves is the one that counts', () => {
    const story = working().exit().close(null, allDone);
    story.settle({ list: open });
    expect(settleAll(story).phase).toBe('resting');
  });

  test('what the parts found is told to the next session, once', () => {
    const story = working().exit().close();
    story.settle({ told: 'Step 3 is back.' });
    settleAll(story, { ...fails, told: 'npm test fails.' });
    story.wake().look();
    expect(story.plan.additions).toEqual([
      { kind: 'told', text: 'npm test fails.' },
      { kind: 'told', text: 'Step 3 is back.' },
    ]);
    settleAll(story.exit().close()).wake().look();
    expect(story.plan.additions).toEqual([]);
  });

  test('a failure of the session is answered as it is without a stage', () => {
    const [with_, without] = [working(), new Story().look()].map((story) =>
      settleAll(story.exit().close(failing('boom'))),
    );
    expect(with_?.timer.at).toBe(without?.timer.at);
    expect(with_?.run.failuresInARow).toBe(1);
  });

  test('a session that ends in a full conversation is followed by a fresh one', () => {
    const story = working({ resume: 'a' });
    settleAll(story.exit().close(failing('no rollout found')));
    expect(story.wake().look().plan.resumes).toBe(null);
  });
});

describe('whoever pauses', () => {
  test('waits for the part that is under way, and not for a check', () => {
    const story = working().exit().close();
    story.tell({ kind: 'control request', want: 'pause now' });
    expect(story.done).toEqual(['stop settling']);
    expect(story.phase).toBe('settling');
    expect(story.settle().done).toEqual(['settle evidence']);
    expect(story.settle().ending).toBe('paused');
  });

  test('after the session, waits for the whole stage', () => {
    const story = working().exit();
    story.tell({ kind: 'control request', want: 'pause after session' }).close();
    expect(settleAll(story).ending).toBe('paused');
  });
});

describe('a task with checks', () => {
  test('has a baseline before its first working session, and after a plan none of its own', () => {
    const story = new Story({ settings }).look();
    expect(story.done).toEqual(['settle checks']);
    expect(story.settle(fails).look().done).toContain('start 1');
    const planned = new Story({ settings }).look({ kind: 'missing' });
    settleAll(planned.exit().close()).wake().look();
    expect(planned.done).toContain('start 2');
  });

  test('is not done while a check fails, and done when it passes', () => {
    const story = working();
    settleAll(story.exit().close(null, allDone), fails);
    expect(story.ending).toBe(null);
    expect(story.wake().look(allDone).done).toContain('start 2');
    settleAll(story.exit().close(null, allDone));
    expect(story.ending).toBe('done');
  });

  test('gets three sessions to repair it, then the user is asked, and asked again at each look', () => {
    const story = working();
    settleAll(story.exit().close(null, allDone), fails);
    for (let repair = 0; repair < 3; repair++) {
      story.wake().look(allDone);
      settleAll(story.exit().close(null, allDone), fails);
    }
    for (let look = 0; look < 3; look++) {
      expect(story.wake().look(allDone).announced).toContainEqual(
        expect.objectContaining({ kind: 'waits', reason: fails.unmet }),
      );
    }
    expect(story.run.nextSession).toBe(5);
    // The user has had a look: the checks run again, and a session may repair them again.
    story.tell({ kind: 'control request', want: 'try now' }).look(allDone);
    expect(story.done).toEqual(['settle checks']);
    expect(story.settle(fails).look(allDone).done).toContain('start 5');
  });

  test('loses none of them to a session that failed', () => {
    const story = working();
    settleAll(story.exit().close(null, allDone), fails);
    story.wake().look(allDone);
    settleAll(story.exit().close(failing('stream disconnected before completion'), allDone), fails);
    expect(story.run.repairs).toBe(0);
    story.wake().look(allDone);
    settleAll(story.exit().close(null, allDone), fails);
    expect(story.run.repairs).toBe(1);
  });

  test('without a dashboard ends with the reason then', () => {
    const story = working({ settings: { ...settings, waitsForUser: false } });
    settleAll(story.exit().close(null, allDone), fails);
    for (let repair = 0; repair < 3; repair++) {
      story.wake().look(allDone);
      settleAll(story.exit().close(null, allDone), fails);
    }
    expect(story.wake().look(allDone).ending).toBe(`failed: ${fails.unmet}`);
  });

  test('whose list is ticked already is proven before it is done', () => {
    const story = new Story({ settings }).look(allDone);
    expect(story.done).toEqual(['settle checks']);
    expect(story.settle(passes).look(allDone).ending).toBe('done');
    const failed = new Story({ settings }).look(allDone).settle(fails).look(allDone);
    expect(failed.done).toContain('start 1');
  });

  test('that was done when its last run ended is still done', () => {
    expect(new Story({ settings, wasDone: true }).look(allDone).ending).toBe('done');
  });

  test('is not done when a check gives no result', () => {
    const story = new Story({ settings }).look(allDone).settle({});
    expect(story.look(allDone).done).toContain('start 1');
  });

  test('goes on when a check fails that does not stand against its steps', () => {
    const story = working();
    settleAll(story.exit().close(), fails);
    expect(story.wake().look().done).toContain('start 2');
  });
});

describe('what only the user can decide', () => {
  test('holds every session up until he says go on', () => {
    const story = working().exit().close();
    story.settle({ needsUser: 'A session changed .git/config: look at it' });
    settleAll(story).wake().look();
    expect(story.phase).toBe('resting');
    story.wake().look();
    expect(story.phase).toBe('resting');
    story.tell({ kind: 'control request', want: 'try now' }).look();
    expect(story.done).toContain('start 2');
  });
});

describe('a check that could not start', () => {
  const cannot = { unmet: 'no sandbox', notStarted: 'check could not start: npm test' };
  const starts = { ...passes, notStarted: null };

  test('is tried again now and then, and no session starts before it could', () => {
    const story = working().exit().close();
    settleAll(story, cannot).wake().look();
    expect(story.phase).toBe('resting');
    expect(story.wake().look().done).toContain('settle checks');
    expect(settleAll(story, cannot).look().phase).toBe('resting');
    settleAll(story.wake().look(), starts).look();
    expect(story.done).toContain('start 2');
  });

  test('is no failing check: nothing is repaired, and the task is done when it passes', () => {
    const story = working().exit().close(null, allDone);
    settleAll(story, cannot).wake().look(allDone);
    expect(story.phase).toBe('resting');
    expect(story.run.repairs).toBe(0);
    settleAll(story.wake().look(allDone), starts).look(allDone);
    expect(story.ending).toBe('done');
  });

  test('is tried again at once when the user says go on', () => {
    const story = working().exit().close();
    settleAll(story, cannot).wake().look();
    story.tell({ kind: 'control request', want: 'try now' }).look();
    expect(story.done).toContain('settle checks');
  });
});

test('a stage whose runner died is done to its end before anything starts', () => {
  const story = new Story({
    settings,
    stage: { purpose: 'session', left: ['checks', 'evidence'] },
  });
  expect(story.done).toEqual(['settle checks']);
  settleAll(story);
  expect(story.done).toEqual(['look']);
});

test('a prompt has room for 4 KiB of it, the checks first', () => {
  const texts = tellings([
    { part: 'evidence', text: 'e'.repeat(3000) },
    { part: 'guard', text: 'g'.repeat(3000) },
    { part: 'checks', text: 'c'.repeat(1000) },
  ]);
  expect(texts.map((text) => text.slice(0, 1))).toEqual(['c', 'g', 'e']);
  expect(texts.join('').length).toBeLessThanOrEqual(4096);
});
