import { describe, expect, test } from 'vitest';
import { backOffMs } from '../../../../source/core/run/decision/after-failure.ts';
import { noSandbox } from '../../../../source/core/failure/failure.ts';
import {
  allDone,
  empty,
  failing,
  listOf,
  missing,
  open,
  Story,
} from '../../../helpers/run-story.ts';

const boom = failing('boom');
const unreadable = { kind: 'unreadable', sentence: 'task_list.md is longer than 1 MiB' } as const;

describe('before a session', () => {
  test.each([
    ['missing', missing],
    ['without a step', empty],
  ])('a list that is %s needs the Initializer', (_what, list) => {
    expect(new Story().look(list).plan).toEqual({
      number: 1,
      role: 'initializer',
      resumes: null,
      additions: [],
    });
  });

  test('open steps need the Executor, with or without a description', () => {
    expect(new Story().look(open).plan.role).toBe('executor');
    expect(new Story().look(open, 'not described').plan.role).toBe('executor');
  });

  test.each([
    ['missing', missing],
    ['without a step', empty],
  ])('a list that is %s without a description is a failure', (_what, list) => {
    expect(new Story().look(list, 'not described').ending).toMatch(
      /^failed: There is no usable task_list\.md and no description/,
    );
  });

  test('a list with all steps ticked is done, without a session', () => {
    expect(new Story().look(allDone).done).toEqual(['end done']);
  });

  test('a list that cannot be read is a failure', () => {
    expect(new Story().look(unreadable).ending).toBe(`failed: ${unreadable.sentence}`);
  });
});

describe('a list that once had steps', () => {
  test.each([
    ['vanishes', missing, /^failed: task_list\.md is gone: /],
    ['is emptied', empty, /^failed: task_list\.md no longer has steps: /],
  ])('and %s never starts an Initializer again', (_what, list, ending) => {
    expect(new Story({ hadSteps: true }).look(list).ending).toMatch(ending);
    expect(new Story().live().wake().look(list).ending).toMatch(ending);
    expect(new Story().live(null, list).ending).toMatch(ending);
    expect(new Story().live(boom, list).ending).toMatch(ending);
  });

  test('steps in the current session count, too', () => {
    const story = new Story().look(missing).exit().close(null, open).wake();
    expect(story.look(missing).ending).toMatch(/^failed: task_list\.md is gone/);
  });
});

describe('an Initializer', () => {
  test('that leaves open steps is followed by an Executor', () => {
    const story = new Story().look(missing).exit().close();
    expect(story.announced[0]).toEqual({ kind: 'session complete', role: 'initializer' });
    expect(story.wake().look().plan.role).toBe('executor');
  });

  test.each([
    ['no list', missing],
    ['a list without a step', empty],
  ])('that leaves %s has failed, and the next one is told', (_what, list) => {
    const story = new Story().look(missing).exit().close(null, list);
    expect(story.announced).toMatchObject([{ kind: 'back off', failure: boomless }]);
    expect(story.wake().look(list).plan).toMatchObject({
      role: 'initializer',
      additions: [{ kind: 'no-checklist' }],
    });
  });

  const boomless = { reason: 'no checklist' };

  test('that leaves no step five times ends the run', () => {
    const story = new Story();
    for (let n = 1; n <= 5; n++) {
      story.look(missing).exit().close(null, missing);
      if (n < 5) story.wake();
    }
    expect(story.ending).toBe(
      'failed: The planning session ended without writing a single step to task_list.md',
    );
  });
});

describe('after a session', () => {
  test('all steps ticked: the run is done', () => {
    const story = new Story().live(null, allDone);
    expect(story.done).toEqual(['say session complete', 'say progress', 'end done']);
  });

  test('a session that ticked the last step and then failed: the run is done', () => {
    expect(new Story().live(boom, allDone).ending).toBe('done');
  });

  test('a failed one is not announced as complete, but its progress is', () => {
    const { announced } = new Story().live(boom);
    expect(announced.map(({ kind }) => kind)).toEqual(['progress', 'back off']);
    expect(announced[0]).toEqual({ kind: 'progress', done: 1, total: 3 });
  });

  test('a list that cannot be read fails the run', () => {
    expect(new Story().live(null, unreadable).ending).toBe(`failed: ${unreadable.sentence}`);
  });

  test('the session after an interrupted or failed one is told, the one after a good one is not', () => {
    const story = new Story().live(boom).wake();
    expect(story.look().plan.additions).toEqual([{ kind: 'interrupted' }]);
    expect(story.exit().close().wake().look().plan.additions).toEqual([]);
  });

  test('the rest is a setting', () => {
    const story = new Story({ settings: { restMs: 7 } }).live();
    expect(story.timer.at - story.at).toBe(7);
    expect(story.announced.at(-1)).toEqual({ kind: 'rest', delayMs: 7 });
  });
});

describe('without auto-continue', () => {
  const settings = { autoContinue: false };

  test('the run stops after one session', () => {
    expect(new Story({ settings }).live().ending).toBe(
      'stopped: after one session (--no-auto-continue)',
    );
  });

  test('a failed session is not retried', () => {
    expect(new Story({ settings }).live(boom).ending).toBe('failed: boom');
  });

  test('a full conversation is not a reason for a second session', () => {
    const full = failing("Codex ran out of room in the model's context window.");
    expect(new Story({ settings }).live(full).ending).toMatch(/^failed: The conversation is full/);
  });
});

describe('a limit of sessions', () => {
  const settings = { maxSessions: 2 };

  test('stops the run when reached', () => {
    const story = new Story({ settings }).live().wake().live();
    expect(story.ending).toBe('stopped: reached --max-sessions');
  });

  test('counts failed ones', () => {
    expect(new Story({ settings }).live(boom).wake().live(boom).ending).toBe('failed: boom');
  });

  test('counts the Initializer', () => {
    const story = new Story({ settings }).look(missing).exit().close().wake().live();
    expect(story.ending).toBe('stopped: reached --max-sessions');
  });

  test('counts one whose conversation was gone', () => {
    const gone = failing('no rollout found');
    const story = new Story({ settings: { maxSessions: 1 } }).live(gone);
    expect(story.ending).toMatch(/^failed: The conversation to resume/);
  });

  test('counts those before its runner died', () => {
    expect(new Story({ settings, sessionsStarted: 2 }).look().ending).toMatch(/^stopped: /);
  });
});

describe('failures in a row', () => {
  test('are followed by longer waits: 1, 2, 4, 8 seconds, a quarter more or less', () => {
    const story = new Story();
    for (const seconds of [1, 2, 4, 8]) {
      const delayMs = story.live(boom).timer.at - story.at;
      expect(delayMs).toBeGreaterThanOrEqual(seconds * 750);
      expect(delayMs).toBeLessThanOrEqual(seconds * 1250);
      story.wake();
    }
  });

  test('never lead to a wait of much more than ten minutes', () => {
    const { run } = new Story();
    for (const failuresInARow of [12, 40, 2000]) {
      const delayMs = backOffMs({ ...run, failuresInARow }, 0);
      expect(delayMs).toBeLessThanOrEqual(12.5 * 60_000);
    }
  });

  test('do not make two tasks retry at the same moment', () => {
    const { run } = new Story();
    const delays = [1, 2, 3, 4].map((at) => backOffMs({ ...run, failuresInARow: 5 }, at));
    expect(new Set(delays).size).toBe(4);
  });

  test('that are unclassified end the run after five, with Codex’s own message', () => {
    const story = new Story({ unexplainedInARow: 4 }).live(boom);
    expect(story.ending).toBe('failed: boom');
  });

  test('of a busy model never end the run', () => {
    const limited = failing('exceeded retry limit, last status: 429 Too Many Requests');
    const story = new Story({ failuresInARow: 40 }).live(limited);
    expect(story.phase).toBe('resting');
  });

  test('that each need a fresh conversation end the run after five, too', () => {
    const full = failing("ran out of room in the model's context window");
    const story = new Story();
    for (let session = 0; session < 4; session++) story.live(full).wake();
    expect(story.live(full).ending).toMatch(/^failed: /);
  });

  test('of a service that refuses access never end the run', () => {
    const story = new Story();
    const refused = failing('unexpected status 403 Forbidden: Unknown error');
    for (let session = 0; session < 30; session++) story.live(refused).wake();
    expect(story.live(refused).phase).toBe('resting');
  });

  test.each([
    ['a full conversation', failing('prompt is too long: 41210 tokens > 32768 maximum')],
    ['an unclassified one', boom],
  ])('begin anew with %s of a session that ticked a step', (_what, failure) => {
    const story = new Story();
    for (let done = 2; done < 20; done++) {
      story.look(listOf({ done: done - 1, total: 30 })).exit();
      story.close(failure, listOf({ done, total: 30 }));
      expect([story.phase, story.run.failuresInARow]).toEqual(['resting', 1]);
      story.wake();
    }
  });

  test('stop counting with the first session that completes its turn', () => {
    const story = new Story({ failuresInARow: 4 }).live();
    expect([story.phase, story.run.failuresInARow]).toEqual(['resting', 0]);
  });

  test('include a completed turn in which no command could run', () => {
    const story = new Story().live(noSandbox('bwrap: no'));
    expect([story.phase, story.run.failuresInARow]).toEqual(['resting', 1]);
  });
});
