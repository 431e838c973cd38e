import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Predecessor, type RunLimits, noLimits } from '../../../source/core/limits/limits.ts';
import { nextOpening } from '../../../source/core/limits/hours.ts';
import { anyBeginning, anyMoves, CoreWorld } from '../../helpers/core-world.ts';
import { allDone, empty, failing, listOf, open, Story } from '../../helpers/run-story.ts';

const evening = new Date('2026-03-10T20:00').getTime();
const night = { from: 22 * 60, to: 7 * 60 };
const hour = 3_600_000;

function storyWith(limits: Partial<RunLimits>, more: { waitsForUser?: boolean } = {}): Story {
  return new Story({ settings: { limits: { ...noLimits, ...limits }, ...more } }, evening);
}

const looked = { kind: 'looked', list: open, hasDescription: true, full: null } as const;

describe('a budget of tokens', () => {
  test('ends the run behind the session that spent it, and says what was spent', () => {
    const story = storyWith({ maxTokens: 1000 }).look().exit();
    story.tell({ kind: 'closed', session: 1, failure: null, list: open, tokens: 1200 });
    expect(story.ending).toBe('stopped: budget: 1.0k tokens');
    expect(story.announced).toContainEqual({
      kind: 'note',
      sentence: 'The budget is spent: 1.2k of 1.0k tokens. A larger one goes on.',
    });
  });

  test('that is spent starts no session in any later run, until a larger one is given', () => {
    const spent = { tokens: 1200, worked: { ms: 0, since: null } };
    const begun = (maxTokens: number): Story =>
      new Story({ spent, settings: { limits: { ...noLimits, maxTokens } } }).look();
    expect(begun(1000).ending).toBe('stopped: budget: 1.0k tokens');
    expect(begun(2000).done).toContain('start 1');
  });

  test('interrupts the session that is seen to spend it', () => {
    const story = storyWith({ maxTokens: 1000 }).look().tell({ kind: 'started', session: 1 });
    expect(story.tell({ kind: 'tokens', session: 1, tokens: 900 }).done).toEqual([]);
    expect(story.tell({ kind: 'tokens', session: 1, tokens: 1000 }).done).toContain(
      'signal SIGINT',
    );
    story.tell({ kind: 'exited', session: 1 }).close(failing('boom'));
    expect(story.ending).toBe('stopped: budget: 1.0k tokens');
  });

  test('does not stand against a task that is done', () => {
    const story = storyWith({ maxTokens: 1000 }).look().exit();
    story.tell({ kind: 'closed', session: 1, failure: null, list: allDone, tokens: 1200 });
    expect(story.ending).toBe('done');
  });
});

describe('a budget of time', () => {
  test('interrupts the session, and counts no waits', () => {
    const story = storyWith({ maxTimeMs: hour }).look().tell({ kind: 'started', session: 1 });
    story.at += hour / 2;
    story.tell({ kind: 'exited', session: 1 }).close();
    story.at += 5 * hour;
    story.tell({ kind: 'time', epoch: story.run.epoch }).look();
    expect(story.done).toContain('start 2');
    story.tell({ kind: 'started', session: 2 });
    story.at += hour / 2 - 1;
    expect(story.tell({ kind: 'limit time' }).done).toEqual([]);
    story.at += 1;
    expect(story.tell({ kind: 'limit time' }).done).toContain('signal SIGINT');
    story.tell({ kind: 'exited', session: 2 }).close(failing('boom'));
    expect(story.ending).toBe('stopped: budget: 1h 00m of work');
  });

  test('is not longer or shorter when the clock is set', () => {
    const story = storyWith({ maxTimeMs: hour }).look().tell({ kind: 'started', session: 1 });
    story.at -= 24 * hour;
    story.tell({ kind: 'clock set', byMs: -24 * hour });
    story.at += hour;
    expect(story.tell({ kind: 'limit time' }).done).toContain('signal SIGINT');
  });
});

describe('a time to end', () => {
  const until = evening + hour;

  test('interrupts a session, and ends a run that waits', () => {
    const working = storyWith({ until }).look().tell({ kind: 'started', session: 1 });
    working.at = until;
    expect(working.tell({ kind: 'limit time' }).done).toContain('signal SIGINT');
    working.tell({ kind: 'exited', session: 1 }).close(failing('boom'));
    expect(working.ending).toBe('stopped: until 21:00');

    const resting = storyWith({ until }).live(failing('boom'));
    resting.at = until;
    expect(resting.tell({ kind: 'limit time' }).ending).toBe('stopped: until 21:00');
  });

  test('ends a session that was still being started', () => {
    const story = storyWith({ until }).look();
    story.at = until;
    story.tell({ kind: 'limit time' });
    expect(story.phase).toBe('starting');
    expect(story.tell({ kind: 'started', session: 1 }).done).toContain('signal SIGINT');
  });

  test('starts nothing for a permit that comes too late', () => {
    const story = storyWith({ until });
    story.permit = 'on request';
    story.look();
    story.at = until;
    story.tell({ kind: 'permit given', session: 1 });
    expect(story.done).toEqual(['drop permit', 'look']);
    expect(story.look().ending).toBe('stopped: until 21:00');
  });
});

describe('hours', () => {
  test('are waited for, however long, and then the run looks again', () => {
    const story = new Story(
      { settings: { limits: { ...noLimits, hours: night }, maxWaitMs: 1000 } },
      evening,
    ).look();
    expect(story.phase).toBe('waiting');
    expect(story.announced).toContainEqual({
      kind: 'waits',
      reason: 'hours',
      until: evening + 2 * hour,
    });
    expect(story.timer.at).toBe(evening + 2 * hour);
    expect(story.wake().done).toEqual(['look']);
    expect(story.look().done).toContain('start 1');
  });

  test('do not interrupt a session, and keep the next one back', () => {
    const story = storyWith({ hours: night });
    story.at = new Date('2026-03-11T06:59').getTime();
    story.look().tell({ kind: 'started', session: 1 });
    story.at += hour;
    expect(story.tell({ kind: 'limit time' }).done).toEqual([]);
    story.tell({ kind: 'exited', session: 1 }).close();
    story.wake().look();
    expect(story.phase).toBe('waiting');
  });

  test('end while a session waits for its permit: it waits for the next ones', () => {
    const story = storyWith({ hours: night });
    story.permit = 'on request';
    story.at = new Date('2026-03-11T06:59').getTime();
    story.look();
    story.at += hour;
    expect(story.tell({ kind: 'permit given', session: 1 }).done).toEqual(['drop permit', 'look']);
    expect(story.look().phase).toBe('waiting');
  });

  test('do not count until they begin next, when the user goes on', () => {
    const story = storyWith({ hours: night }).look();
    story.tell({ kind: 'control request', want: 'try now' }).look();
    expect(story.done).toContain('start 1');
    story.exit().close();
    story.at += 12 * hour;
    story.tell({ kind: 'time', epoch: story.run.epoch }).look();
    expect(story.phase).toBe('waiting');
  });

  test('wait on after a clock that was set back by a day woke the run too early', () => {
    const story = storyWith({ hours: night }).look();
    story.at += -24 * hour + 1000;
    story.tell({ kind: 'clock set', byMs: -24 * hour });
    story.tell({ kind: 'time', epoch: story.run.epoch }).look();
    expect(story.phase).toBe('waiting');
    expect(story.timer.at).toBe(nextOpening(night, story.at));
  });

  test('let the run be paused', () => {
    for (const want of ['pause now', 'pause after session'] as const) {
      const story = storyWith({ hours: night }).look();
      expect(story.tell({ kind: 'control request', want }).ending).toBe('paused');
    }
  });
});

describe('a task that comes after another', () => {
  test('waits until that one is done, and says it once', () => {
    const story = storyWith({ after: 'docs' });
    story.tell({ ...looked, predecessor: 'under way' });
    expect(story.announced).toEqual([{ kind: 'waits', reason: 'for docs', until: null }]);
    story.wake().tell({ ...looked, predecessor: 'under way' });
    expect(story.announced).toEqual([]);
    expect(story.wake().tell({ ...looked, predecessor: 'done' }).done).toContain('start 1');
  });

  test.each([true, false])('asks the user if that one will not be done: %j', (waitsForUser) => {
    const story = storyWith({ after: 'docs' }, { waitsForUser });
    story.tell({ ...looked, predecessor: { problem: 'docs has failed' } });
    const sentence = 'docs has failed, and this task comes after it: c starts it anyway';
    if (!waitsForUser) return expect(story.ending).toBe(`failed: ${sentence}`);
    expect(story.announced).toMatchObject([{ kind: 'waits', reason: sentence }]);
    story.wake().tell({ ...looked, predecessor: { problem: 'docs has failed' } });
    expect(story.phase).toBe('resting');
    story.tell({ kind: 'control request', want: 'try now' });
    story.tell({ ...looked, predecessor: { problem: 'docs has failed' } });
    expect(story.done).toContain('start 1');
  });

  test('starts anyway when the user goes on, and waits no more in this run', () => {
    const story = storyWith({ after: 'docs' });
    story.tell({ ...looked, predecessor: 'under way' });
    story.tell({ kind: 'control request', want: 'try now' });
    story.tell({ ...looked, predecessor: 'under way' });
    expect(story.done).toContain('start 1');
    story.exit().close();
    story.wake().tell({ ...looked, predecessor: 'under way' });
    expect(story.done).toContain('start 2');
  });
});

describe('a plan that waits for a look', () => {
  test('needs the user when it is there, and nothing else goes on', () => {
    const story = storyWith({ planOnly: true }).look(empty);
    expect(story.plan.role).toBe('initializer');
    story.exit().close(null, listOf({ done: 0, total: 3 }));
    story.wake().look();
    expect(story.announced).toMatchObject([{ kind: 'waits', reason: 'look at the plan' }]);
    story.wake().look();
    expect(story.phase).toBe('resting');
    expect(story.run.held).toBe('look at the plan');
    story.tell({ kind: 'control request', want: 'try now' }).look();
    expect(story.plan.role).toBe('executor');
    expect(story.run.settings.limits.planOnly).toBe(false);
  });

  test('is still waited for when the user has mended what kept the planning from going on', () => {
    const story = storyWith({ planOnly: true }).look(empty);
    story.exit().close(failing('Not logged in'), empty);
    expect(story.phase).toBe('resting');
    story.tell({ kind: 'control request', want: 'try now' }).look(empty);
    expect(story.plan.role).toBe('initializer');
    story.exit().close(null, listOf({ done: 0, total: 3 }));
    story.wake().look();
    expect(story.announced).toMatchObject([{ kind: 'waits', reason: 'look at the plan' }]);
  });

  test('ends a run that waits for nobody', () => {
    const story = storyWith({ planOnly: true }, { waitsForUser: false }).look(empty);
    story.exit().close(null, listOf({ done: 0, total: 3 }));
    expect(story.wake().look().ending).toBe('stopped: planned: look at the plan');
  });
});

const anyLimits: fc.Arbitrary<RunLimits> = fc.record({
  maxTokens: fc.constantFrom(null, 100, 250),
  maxTimeMs: fc.constantFrom(null, 10_000, 3_600_000),
  until: fc.constantFrom(null, evening - 1, evening + 30_000, evening + 8 * 3_600_000),
  hours: fc.constantFrom(null, night, { from: 9 * 60, to: 20 * 60 + 1 }),
  after: fc.constantFrom(null, 'docs'),
  planOnly: fc.boolean(),
});

test('whatever the facts, no session starts beyond a limit, outside of the hours or before its turn', () => {
  const anyStep = fc.oneof(
    fc.record({ wait: fc.integer({ min: 0, max: 8 * 3_600_000 }) }),
    fc.constantFrom<{ predecessor: Predecessor }>(
      { predecessor: 'done' },
      { predecessor: 'under way' },
      { predecessor: { problem: 'docs is gone' } },
    ),
  );
  fc.assert(
    fc.property(
      anyBeginning,
      anyLimits,
      fc.array(
        fc.oneof(
          anyStep,
          anyMoves.map((moves) => ({ moves: moves.slice(0, 8) })),
        ),
      ),
      (beginning, limits, steps) => {
        const settings = { ...beginning.settings, limits };
        const world = new CoreWorld({ ...beginning, settings }, undefined, {
          at: evening,
          predecessor: 'under way',
        });
        world.tokensPerSession = 60;
        for (const step of steps) {
          if ('wait' in step) world.wait(step.wait);
          else if ('predecessor' in step) world.predecessor = step.predecessor;
          else
            for (const move of step.moves) {
              if ('pay' in move) world.pay(move.pay);
              // A look that did not happen says nothing of the other task.
              else if (move.tell.kind !== 'looked') world.tell(move.tell);
            }
        }
        expect(world.broken).toEqual([]);
      },
    ),
    { numRuns: 2000 },
  );
});

test('no run is forgotten: from any state, a pause ends it, and going on starts what may start', () => {
  fc.assert(
    fc.property(anyBeginning, anyLimits, anyMoves, (beginning, limits, moves) => {
      const settings = { ...beginning.settings, limits };
      const world = new CoreWorld({ ...beginning, settings }, undefined, {
        at: evening,
        predecessor: 'under way',
      });
      for (const move of moves) {
        if ('pay' in move) world.pay(move.pay);
        else world.tell(move.tell);
      }
      world.tell({ kind: 'control request', want: 'pause now' });
      for (let turn = 0; turn < 500 && !world.hasEnded; turn++) if (!world.pay(0)) break;
      expect(world.hasEnded).toBe(true);
      expect(world.broken).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
