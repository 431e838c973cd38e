import { describe, expect, test } from 'vitest';
import { cutOf } from '../../../source/core/run/stop.ts';
import { noLimits } from '../../../source/core/limits/limits.ts';
import type { Fact, Want } from '../../../source/core/run/fact.ts';
import { allDone, failing, open, Story } from '../../helpers/run-story.ts';

const working = (...beginning: ConstructorParameters<typeof Story>) =>
  new Story(...beginning).look().tell({ kind: 'started', session: 1 });
const request = (want: Want): Fact => ({ kind: 'control request', want });
const exited: Fact = { kind: 'exited', session: 1 };

/** The result of a session that was paused. */
const noResult = failing('');

describe('pause now', () => {
  test('interrupts the session; when it is closed the run ends paused', () => {
    const story = working().tell(request('pause now'));
    expect(story.done).toEqual(['signal SIGINT', 'wake in 10000']);
    expect(story.tell(exited).done).toEqual(['close 1']);
    story.close(noResult);
    expect([story.ending, story.run.failuresInARow]).toEqual(['paused', 0]);
  });

  test('a session that it cut short was paused; one left over from an earlier run was not', () => {
    expect(cutOf(working().tell(exited).run)).toBe('interrupted');
    expect(cutOf(working().tell(request('pause after session')).tell(exited).run)).toBe(
      'interrupted',
    );
    expect(cutOf(working().tell(request('pause now')).tell(exited).run)).toBe('paused');
    const plan = { number: 1, role: 'executor', resumes: null, additions: [] } as const;
    const [dead, leftOver] = (['dead', 'left over'] as const).map((is) =>
      cutOf(new Story({ pause: 'now', open: { plan, is } }).run),
    );
    expect([dead, leftOver]).toEqual(['paused', 'interrupted']);
  });

  test('a stop that is ignored becomes a kill after fifteen seconds', () => {
    const story = working().tell(request('pause now'));
    const begun = story.at;
    expect(story.wake().done).toEqual(['signal SIGTERM', 'wake in 5000']);
    expect(story.at - begun).toBe(10_000);
    expect(story.wake().done).toEqual(['signal SIGKILL', 'wake in 5000']);
    expect(story.at - begun).toBe(15_000);
  });

  test('a kill that is ignored is repeated until the session is gone', () => {
    const story = working().tell(request('pause now')).wake().wake();
    expect(story.wake().done).toEqual(['signal SIGKILL', 'wake in 5000']);
    expect(story.wake().done).toEqual(['signal SIGKILL', 'wake in 5000']);
  });

  test('each grace is a setting', () => {
    const story = working({ settings: { interruptGraceMs: 100, terminateGraceMs: 20 } });
    expect(story.tell(request('pause now')).done).toEqual(['signal SIGINT', 'wake in 100']);
    expect(story.wake().done).toEqual(['signal SIGTERM', 'wake in 20']);
  });

  test('while a session is being started, it is interrupted as soon as it runs', () => {
    const story = new Story().look().tell(request('pause now'));
    expect(story.done).toEqual([]);
    story.tell({ kind: 'started', session: 1 });
    expect(story.done).toEqual(['signal SIGINT', 'wake in 10000']);
  });

  test.each([
    ['the list is looked at', new Story()],
    ['the run rests', new Story().live()],
    ['the run waits after a failure', new Story().live(failing('boom'))],
  ])('while %s, nothing runs and the run ends at once', (_when, story) => {
    expect(story.tell(request('pause now')).ending).toBe('paused');
  });

  test('while a session is being closed, the run ends when it is', () => {
    const story = working().tell(exited).tell(request('pause now'));
    expect([story.phase, story.done]).toEqual(['closing', []]);
    expect(story.close().ending).toBe('paused');
  });

  test('requested twice changes nothing', () => {
    const story = working().tell(request('pause now'));
    const { run } = story;
    story.tell(request('pause now'));
    expect([story.run, story.done]).toEqual([run, []]);
  });

  test('cannot be taken back', () => {
    const story = working().tell(request('pause now')).tell(request('go on')).tell(exited);
    expect(story.close(noResult).ending).toBe('paused');
  });

  test('overrides a pause after the session', () => {
    const story = working().tell(request('pause after session')).tell(request('pause now'));
    expect(story.done).toEqual(['signal SIGINT', 'wake in 10000']);
  });

  test('of a task whose last step was just ticked ends the run done', () => {
    const story = working().tell(request('pause now')).tell(exited);
    expect(story.close(noResult, allDone).ending).toBe('done');
  });
});

describe('pause after session', () => {
  test('lets the session work to its end, then the run ends paused', () => {
    const story = working().tell(request('pause after session'));
    expect([story.phase, story.done]).toEqual(['working', []]);
    expect(story.tell(exited).close().ending).toBe('paused');
  });

  test('can be taken back', () => {
    const story = working().tell(request('pause after session')).tell(request('go on'));
    expect(story.tell(exited).close().phase).toBe('resting');
  });

  test('can be taken back while the session is closed', () => {
    const story = working()
      .tell(request('pause after session'))
      .tell(exited)
      .tell(request('go on'));
    expect(story.close().phase).toBe('resting');
  });

  test('does not replace a pause now', () => {
    const story = working().tell(request('pause now')).tell(request('pause after session'));
    expect(story.run.pause).toBe('now');
  });

  test('between two sessions ends the run at once', () => {
    expect(new Story().live().tell(request('pause after session')).ending).toBe('paused');
  });

  test('before the first session ends the run without one', () => {
    expect(new Story().tell(request('pause after session')).look().ending).toBe('paused');
  });
});

describe('end at once', () => {
  test('a second Ctrl-C kills', () => {
    const story = working().tell(request('pause now')).tell(request('end at once'));
    expect(story.done).toEqual(['signal SIGKILL', 'wake in 5000']);
    expect(story.tell(exited).close(noResult).ending).toBe('paused');
  });

  test('kills a session that is not being stopped', () => {
    const story = working().tell(request('end at once'));
    expect(story.done).toEqual(['signal SIGKILL', 'wake in 5000']);
  });

  test('cancels the timer of an earlier stop', () => {
    const story = working().tell(request('pause now'));
    const { epoch } = story.timer;
    story.tell(request('end at once')).tell({ kind: 'time', epoch });
    expect(story.done).toEqual([]);
  });

  test('between two sessions ends the run', () => {
    expect(new Story().live().tell(request('end at once')).ending).toBe('paused');
  });
});

describe('try now', () => {
  test.each([
    ['a rest', new Story().live()],
    ['a wait', new Story().live(failing('boom'))],
  ])('ends %s', (_what, story) => {
    expect(story.tell(request('try now')).done).toEqual(['look']);
  });

  test('cancels the timer of the wait', () => {
    const story = new Story().live(failing('boom'));
    const { epoch } = story.timer;
    story.tell(request('try now')).tell({ kind: 'time', epoch });
    expect([story.phase, story.done]).toEqual(['looking', []]);
  });

  test('counts although the run looks again just then at what it asked the user about', () => {
    const story = new Story({ settings: { limits: { ...noLimits, planOnly: true } } });
    story.look();
    expect(story.run.held).toBe('look at the plan');
    story.wake();
    expect([story.phase, story.tell(request('try now')).done]).toEqual(['looking', []]);
    expect(story.look().done).toContain('start 1');
    const failed = { problem: 'docs has failed' };
    const later = new Story({ settings: { limits: { ...noLimits, after: 'docs' } } });
    const looked = { kind: 'looked', list: open, hasDescription: true, full: null } as const;
    later.tell({ ...looked, predecessor: failed }).wake();
    later.tell(request('try now')).tell({ ...looked, predecessor: failed });
    expect(later.done).toContain('start 1');
  });

  test('does nothing to a working session', () => {
    expect(working().tell(request('try now')).done).toEqual([]);
  });
});

test('go on does nothing when no pause was requested', () => {
  const story = working();
  const { run } = story;
  expect(story.tell(request('go on')).run).toBe(run);
});

describe('tell now', () => {
  const thread = { kind: 'thread started', session: 1, threadId: 'thread-1' } as const;

  test('interrupts the session, and the same conversation goes on; it does not count', () => {
    const story = working({ settings: { autoContinue: false, maxSessions: 1 } }).tell(thread);
    expect(story.tell(request('tell now')).done).toEqual(['signal SIGINT', 'wake in 10000']);
    story.tell(exited).close(noResult).look();
    expect(story.run.phase).toMatchObject({ plan: { number: 2, resumes: 'thread-1' } });
    expect([story.run.failuresInARow, story.run.tellsNow]).toEqual([0, false]);
  });

  test('without a conversation the next session is a fresh one', () => {
    const story = working().tell(request('tell now')).tell(exited).close(noResult).look();
    expect(story.run.phase).toMatchObject({
      plan: { number: 2, resumes: null, additions: [{ kind: 'interrupted' }] },
    });
  });

  test('a session that is being started is interrupted as soon as it runs', () => {
    const story = new Story().look().tell(request('tell now'));
    expect(story.tell({ kind: 'started', session: 1 }).done[0]).toBe('signal SIGINT');
  });

  test('a pause after the session comes after what the conversation does with it', () => {
    for (const wants of [
      ['tell now', 'pause after session'],
      ['pause after session', 'tell now'],
    ] as const) {
      const story = working({ settings: { maxSessions: 1 } }).tell(thread);
      story.tell(request(wants[0])).tell(request(wants[1]));
      story.tell(exited).close(noResult).look();
      expect(story.run.phase).toMatchObject({ plan: { number: 2, resumes: 'thread-1' } });
      story.tell({ kind: 'started', session: 2 }).tell({ kind: 'exited', session: 2 }).close();
      expect([story.ending, story.run.sessionsStarted]).toEqual(['paused', 1]);
    }
  });

  test('a pause after the session comes at once where the conversation cannot go on', () => {
    const story = working().tell(request('pause after session')).tell(request('tell now'));
    const looked = { kind: 'looked', list: open, hasDescription: true } as const;
    story
      .tell(exited)
      .close(noResult)
      .tell({ ...looked, full: 'The disk is full' });
    expect(story.ending).toBe('paused');
  });

  test('a pause is stronger, whichever came first', () => {
    for (const wants of [['tell now', 'pause now'] as const, ['pause now', 'tell now'] as const]) {
      const story = working().tell(request(wants[0])).tell(request(wants[1]));
      expect(story.tell(exited).close(noResult).ending).toBe('paused');
    }
  });
});
