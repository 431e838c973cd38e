import { describe, expect, test } from 'vitest';
import type { ListLook } from '../../../source/core/checklist/list-look.ts';
import { nothingSpent } from '../../../source/core/limits/limits.ts';
import { defaultRunSettings } from '../../../source/core/run/settings.ts';
import {
  allDone,
  failing,
  open,
  planOf,
  Story,
  type StoryBeginning,
} from '../../helpers/run-story.ts';

const thread = '01a2023d-ceff-78c1-8e86-de96f121a1f2';
const boom = failing('boom');
const plan = planOf(4);

describe('an adopted session', () => {
  const alive = { nextSession: 5, sessionsStarted: 1, open: { plan, is: 'alive' } } as const;

  test('continues, and nothing is started beside it', () => {
    const story = new Story(alive);
    expect([story.phase, story.done]).toEqual(['working', []]);
    expect(story.look().done).toEqual([]);
    expect(story.tell({ kind: 'exited', session: 4 }).done).toEqual(['close 4']);
    expect(story.close().wake().look().plan.number).toBe(5);
  });

  test('counts as one of the run’s own', () => {
    const story = new Story({ ...alive, settings: { autoContinue: false } });
    expect(story.tell({ kind: 'exited', session: 4 }).close().ending).toMatch(/^stopped/);
  });

  test('may not linger longer after its turn than any other', () => {
    const story = new Story(alive).tell({ kind: 'turn over', session: 4 });
    expect(story.wake().done).toEqual(['signal SIGINT', 'wake in 10000']);
  });

  test('is stopped if the previous run was pausing now, with the full grace', () => {
    const story = new Story({ ...alive, pause: 'now' });
    expect(story.done).toEqual(['signal SIGINT', 'wake in 10000']);
    expect(story.tell({ kind: 'exited', session: 4 }).close(boom).ending).toBe('paused');
  });

  test('works to its end if the previous run was to pause after it', () => {
    const story = new Story({ ...alive, pause: 'after session' });
    expect(story.done).toEqual([]);
    expect(story.tell({ kind: 'exited', session: 4 }).close().ending).toBe('paused');
  });
});

describe('a session of this run that died with its runner', () => {
  const dead = { nextSession: 5, sessionsStarted: 2, open: { plan, is: 'dead' } } as const;

  const once = { autoContinue: false };
  const budget = { limits: { ...defaultRunSettings.limits, maxTokens: 1 } };
  test.each<[string, StoryBeginning, ListLook]>([
    ['done', {}, allDone],
    ['paused', { pause: 'now' }, open],
    ['stopped: after one session', { settings: once }, open],
    [
      'stopped: after one session',
      { settings: once, open: { plan: planOf(4, { role: 'initializer' }), is: 'dead' } },
      open,
    ],
    ['stopped: budget', { settings: budget, spent: { ...nothingSpent, tokens: 2 } }, open],
  ])('may end the run (%s), which then says how far its task is', (ending, more, list) => {
    const story = new Story({ ...dead, hadSteps: true, ...more }).close(null, list);
    expect(story.ending).toContain(ending);
    expect(story.run.lastList).toEqual(list);
  });

  test('is closed before anything is started', () => {
    const story = new Story(dead);
    expect(story.done).toEqual(['close 4']);
    expect(story.look().done).toEqual([]);
  });

  test('counts like any other: complete', () => {
    expect(new Story(dead).close().announced.map(({ kind }) => kind)).toEqual([
      'session complete',
      'progress',
      'rest',
    ]);
  });

  test('counts like any other: failed', () => {
    expect(new Story({ ...dead, unexplainedInARow: 4 }).close(boom).ending).toBe('failed: boom');
  });

  test('keeps the requested pause', () => {
    expect(new Story({ ...dead, pause: 'now' }).close(boom).ending).toBe('paused');
  });
});

describe('the ladder of an adopted session', () => {
  const climbed = { rung: 2, sessionsWithoutTick: 2 };
  const found = { nextSession: 5, ladder: climbed, tickedBefore: 1, sessionsStarted: 2 };

  test.each(['alive', 'dead'] as const)('continues where it was: %s', (is) => {
    const story = new Story({ ...found, open: { plan, is } });
    if (is === 'alive') story.tell({ kind: 'exited', session: 4 });
    expect(story.close(null, open).run.ladder).toEqual({ rung: 3, sessionsWithoutTick: 0 });
  });

  test('is reset by a tick, as always', () => {
    const story = new Story({ ...found, tickedBefore: 0, open: { plan, is: 'dead' } });
    expect(story.close(null, open).run.ladder).toEqual({ rung: 0, sessionsWithoutTick: 0 });
  });
});

describe('a session left over from an earlier run', () => {
  const left = { nextSession: 5, open: { plan, is: 'left over' } } as const;

  test('is closed, and then the run begins with a session of its own', () => {
    const story = new Story({ ...left, settings: { autoContinue: false, maxSessions: 1 } });
    expect(story.done).toEqual(['close 4']);
    expect(story.close(boom).done).toEqual(['look']);
    expect(story.look().plan.number).toBe(5);
  });

  test('is not a failure of this run, but the next session is told', () => {
    const story = new Story(left).close(boom);
    expect(story.run.failuresInARow).toBe(0);
    expect(story.look().plan.additions).toEqual([{ kind: 'interrupted' }]);
    expect(new Story(left).close().look().plan.additions).toEqual([]);
  });

  test('is resumed if the user asked for that', () => {
    const story = new Story({ ...left, resume: thread }).close(boom).look();
    expect(story.plan.resumes).toBe(thread);
  });

  test('is resumed if it was still planning, but one that fails is not', () => {
    const story = new Story({ ...left, hadSteps: false, resume: thread }).close(boom, {
      kind: 'missing',
    });
    story.look({ kind: 'missing' });
    expect(story.plan).toMatchObject({ role: 'initializer', resumes: thread });
  });

  test('that ticked the last step leaves nothing to do', () => {
    expect(new Story(left).close(null, allDone).look(allDone).ending).toBe('done');
  });

  test('whose list had steps: if the list is gone, no session plans again', () => {
    const story = new Story(left).close(boom, open).look({ kind: 'missing' });
    expect(story.ending).toMatch(/^failed: task_list\.md is gone/);
  });

  test('that cannot be closed ends the run', () => {
    const story = new Story(left).tell({ kind: 'close failed', session: 4, sentence: 'EACCES' });
    expect(story.ending).toBe('failed: EACCES');
  });
});

test('the first session is told how the previous one ended', () => {
  const story = new Story({ additions: [{ kind: 'interrupted' }] }).look();
  expect(story.plan.additions).toEqual([{ kind: 'interrupted' }]);
});
