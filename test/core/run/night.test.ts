import { describe, expect, test } from 'vitest';
import { failureOf, type Failure } from '../../../source/core/failure/failure.ts';
import type { ListLook } from '../../../source/core/checklist/list-look.ts';
import { failing, listOf, open, Story } from '../../helpers/run-story.ts';

const limited = failing('You’ve hit your usage limit. … or try again at 8:48 AM.');
const loggedOut = failing('unexpected status 401 Unauthorized: …');
const silent: Failure = failureOf({
  message: null,
  stderr: '',
  sandboxTrouble: null,
  exitCode: 1,
  signal: null,
});
const list = (done: number, next?: string): ListLook =>
  listOf({ done, total: 9, ...(next === undefined ? {} : { next }) });

/** A session that stalls, is interrupted and ends. */
function stall(story: Story, kind: 'silence' | 'command' | 'network', done = 1): Story {
  story.look(list(1)).tell({ kind: 'started', session: story.session });
  story.tell({ kind: 'stalled', session: story.session, stall: kind });
  expect(story.done).toContain('signal SIGINT');
  return story.tell({ kind: 'exited', session: story.session }).close(silent, list(done));
}

/** The rest after a session is over, and the next one is planned. */
function next(story: Story): Story['plan'] {
  return story.wake().look(list(1)).plan;
}

describe('a usage limit', () => {
  test('requests a new permit: the limit is recorded for all tasks of the account', () => {
    const story = new Story().live(limited);
    expect(story.done).toContain('look');
    story.permit = 'on request';
    expect(story.look().done).toEqual(['request permit 2']);
  });

  test('never ends the run, however often it comes', () => {
    const story = new Story();
    for (let night = 0; night < 20; night++) story.live(limited);
    expect(story.phase).toBe('looking');
  });
});

describe('a problem that only the user can fix', () => {
  test('parks the run, which looks again every five minutes and continues', () => {
    const story = new Story().live(loggedOut);
    expect(story.timer.at - story.at).toBe(5 * 60_000);
    expect(story.announced.at(-1)).toMatchObject({ kind: 'waits' });
    expect(story.wake().look().plan.number).toBe(2);
  });

  test('ends a run without a dashboard, with the reason', () => {
    const story = new Story({ settings: { waitsForUser: false } }).live(loggedOut);
    expect(story.ending).toMatch(/^failed: Codex is not logged in: run codex login/);
  });
});

describe('a Codex that is missing', () => {
  const missing = failureOf({
    ...{ message: null, stderr: 'sh: 1: codex: not found', sandboxTrouble: null },
    ...{ exitCode: 127, signal: null },
  });

  test('is looked for every few seconds, for as long as an update may take', () => {
    const story = new Story({ failuresInARow: 40 });
    const startedAt = story.at;
    for (story.live(missing); story.at - startedAt < 90_000; story.live(missing)) {
      expect(story.timer.at - story.at).toBeLessThanOrEqual(15_000);
      expect(story.announced.at(-1)).toMatchObject({ kind: 'back off' });
      story.wake();
    }
    expect(story.wake().live().run.missingSince).toBeNull();
  });

  test('needs the user after two minutes, and is looked for again', () => {
    const story = new Story();
    const startedAt = story.at;
    while (story.at - startedAt < 120_000) story.live(missing).wake();
    story.live(missing);
    expect(story.announced.at(-1)).toMatchObject({
      kind: 'waits',
      reason: 'Codex does not start: sh: 1: codex: not found',
    });
    expect(story.run.phase).toMatchObject({ because: { recovery: 'ask the user' } });
    expect(story.wake().live().phase).toBe('resting');
  });

  test('ends a run without a dashboard after two minutes, with the reason', () => {
    const story = new Story({ settings: { waitsForUser: false } });
    for (let session = 0; session < 100 && story.ending === null; session++) {
      story.live(missing);
      if (story.ending === null) story.wake();
    }
    expect(story.ending).toBe('failed: Codex does not start: sh: 1: codex: not found');
  });

  test('changes nothing about the session that was to come', () => {
    const thread = '550e8400-e29b-41d4-a716-446655440000';
    const story = new Story({ resume: thread, additions: [{ kind: 'stalled' }] }).look(list(1));
    const { resumes, additions } = story.plan;
    story.exit().close(missing, list(1));
    expect(next(story)).toMatchObject({ resumes, additions });
  });

  test('is waited for equally long when the clock is set', () => {
    const day = 24 * 3_600_000;
    const story = new Story().live(missing);
    story.tell({ kind: 'clock set', byMs: day });
    story.at += day;
    expect(story.run.missingSince).toBe(story.at);
  });
});

describe('a stall', () => {
  test('is interrupted, then resumed with a nudge, then fresh, then asked for sub-steps, then the user’s', () => {
    const story = new Story();
    const thread = '550e8400-e29b-41d4-a716-446655440000';
    story.look(list(1)).tell({ kind: 'started', session: 1 });
    story.tell({ kind: 'thread started', session: 1, threadId: thread });
    story.tell({ kind: 'stalled', session: 1, stall: 'silence' });
    story.tell({ kind: 'exited', session: 1 }).close(silent, list(1));

    expect(next(story)).toMatchObject({ resumes: thread, additions: [{ kind: 'stalled' }] });
    story.tell({ kind: 'started', session: 2 });
    story.tell({ kind: 'stalled', session: 2, stall: 'command' });
    story.tell({ kind: 'exited', session: 2 }).close(silent, list(1));

    expect(next(story)).toMatchObject({ resumes: null, additions: [{ kind: 'stalled' }] });
    story.tell({ kind: 'started', session: 3 });
    story.tell({ kind: 'stalled', session: 3, stall: 'silence' });
    story.tell({ kind: 'exited', session: 3 }).close(silent, list(1));

    expect(next(story)).toMatchObject({ resumes: null, additions: [{ kind: 'split-step' }] });
    story.tell({ kind: 'started', session: 4 });
    story.tell({ kind: 'stalled', session: 4, stall: 'silence' });
    story.tell({ kind: 'exited', session: 4 }).close(silent, list(1));
    expect(story.announced.at(-1)).toMatchObject({
      kind: 'waits',
      reason: expect.stringMatching(/makes no progress/) as string,
    });
  });

  test('with a tick in it resets the ladder', () => {
    const story = stall(new Story({ ladder: { rung: 2, sessionsWithoutTick: 0 } }), 'silence', 2);
    expect(story.run.ladder).toEqual({ rung: 0, sessionsWithoutTick: 0 });
  });

  test('of the network says nothing about the step', () => {
    const story = stall(new Story(), 'network');
    expect(story.run.ladder.rung).toBe(0);
    expect(story.phase).toBe('resting');
  });

  test('never fails the run, unlike an unclassified failure', () => {
    const story = new Story({ unexplainedInARow: 4 });
    expect(stall(story, 'silence').phase).toBe('resting');
  });

  test('that completed its turn after all is a good session', () => {
    const story = new Story();
    story.look(list(1)).tell({ kind: 'started', session: 1 });
    story.tell({ kind: 'stalled', session: 1, stall: 'silence' });
    story.tell({ kind: 'exited', session: 1 }).close(null, list(2));
    expect(story.announced).toContainEqual({ kind: 'session complete', role: 'executor' });
  });
});

describe('a network that is down', () => {
  /** A session that works, and then waits for the network. */
  const offline = (settings = {}): Story => {
    const story = new Story({ settings }).look(list(1)).tell({ kind: 'started', session: 1 });
    return story.tell({ kind: 'offline', session: 1, isOffline: true });
  };

  test('is announced once, and so is its return', () => {
    const story = offline();
    expect(story.announced).toEqual([{ kind: 'waits', reason: 'no network', until: null }]);
    expect(story.tell({ kind: 'offline', session: 1, isOffline: true }).done).toEqual([]);
    expect(story.tell({ kind: 'offline', session: 1, isOffline: false }).done).toEqual([
      'say goes on',
    ]);
  });

  test('is waited for up to --max-wait, then the session is stopped and the run ends', () => {
    const story = offline({ maxWaitMs: 60_000 });
    expect(story.timer.at - story.at).toBe(60_000);
    expect(story.wake().done).toContain('signal SIGINT');
    story.tell({ kind: 'exited', session: 1 }).close(silent, list(1));
    expect(story.ending).toBe('failed: The wait is longer than --max-wait allows');
  });

  test('that is back in time stops nothing', () => {
    const story = offline({ maxWaitMs: 60_000 });
    const { epoch } = story.timer;
    story.tell({ kind: 'offline', session: 1, isOffline: false });
    expect(story.tell({ kind: 'time', epoch }).phase).toBe('working');
  });

  test('is waited for equally long when the clock is set', () => {
    const day = 24 * 3_600_000;
    for (const byMs of [day, -day]) {
      const story = offline({ maxWaitMs: 60_000 });
      const { epoch } = story.timer;
      story.at += 20_000 + byMs;
      story.tell({ kind: 'clock set', byMs });
      // A timer may go off by the clock that was set.
      expect(story.tell({ kind: 'time', epoch }).phase).toBe('working');
      expect(story.timer.at - story.at).toBe(40_000);
      expect(story.wake().done).toContain('signal SIGINT');
    }
  });

  test('counts as one wait, however often Codex is restarted for it', () => {
    const story = offline({ maxWaitMs: 60_000 });
    story.at += 40_000;
    story.tell({ kind: 'stalled', session: 1, stall: 'network' });
    story.tell({ kind: 'exited', session: 1 }).close(silent, list(1)).wake().look(list(1));
    story.tell({ kind: 'started', session: 2 });
    story.tell({ kind: 'offline', session: 2, isOffline: true });
    expect(story.timer.at - story.at).toBe(20_000);
    story.at += 30_000;
    story.tell({ kind: 'stalled', session: 2, stall: 'network' });
    story.tell({ kind: 'exited', session: 2 }).close(silent, list(1));
    expect(story.ending).toBe('failed: The wait is longer than --max-wait allows');
  });

  test('does not change the grace of a session that is being stopped', () => {
    const story = new Story({ settings: { maxWaitMs: 60_000 } }).look(list(1));
    story
      .tell({ kind: 'started', session: 1 })
      .tell({ kind: 'control request', want: 'pause now' });
    const { epoch } = story.timer;
    story.tell({ kind: 'offline', session: 1, isOffline: true });
    expect(story.tell({ kind: 'time', epoch }).done).toContain('signal SIGTERM');
  });
});

describe('three sessions without a newly ticked step', () => {
  test('climb one rung, and a tick resets the count', () => {
    const story = new Story();
    story.live(null, list(1)).wake().live(null, list(1)).wake();
    expect(story.run.ladder.rung).toBe(0);
    story.live(null, list(1));
    expect(story.run.ladder).toEqual({ rung: 1, sessionsWithoutTick: 0 });
    story.wake().live(null, list(2));
    expect(story.run.ladder).toEqual({ rung: 0, sessionsWithoutTick: 0 });
  });

  test('that failed for unrelated reasons do not count', () => {
    const story = new Story();
    for (let session = 0; session < 4; session++) {
      story.look(list(1)).exit().close(failing('rate limit exceeded'), list(1)).wake();
    }
    expect(story.run.ladder.rung).toBe(0);
  });
});

describe('a nudge', () => {
  const nudged = { ladder: { rung: 1, sessionsWithoutTick: 0 } };
  const nudge = { kind: 'stalled' };

  test('is given after a restart, too, if no session has had it', () => {
    expect(new Story(nudged).look(list(1)).plan.additions).toEqual([nudge]);
  });

  test('is given again if its session failed for an unrelated reason', () => {
    const story = new Story(nudged).look(list(1));
    story.exit().close(failing('unexpected status 503'), list(1)).wake().look(list(1));
    expect(story.plan.additions).toEqual([{ kind: 'interrupted' }, nudge]);
  });

  test('is given once if its session ran normally, with or without a tick', () => {
    for (const done of [1, 2]) {
      const story = new Story(nudged).live(null, list(done)).wake().look(list(done));
      expect(story.plan.additions).toEqual([]);
    }
  });
});

describe('a step that must be split', () => {
  const third = { ladder: { rung: 3, sessionsWithoutTick: 0 } };
  const asked = { kind: 'split-step' };

  test('is announced to every session until a step is ticked, however the previous one ended', () => {
    const story = new Story(third).look(list(1));
    expect(story.plan.additions).toEqual([asked]);
    story.exit().close(failing('unexpected status 503'), list(1));
    expect(story.wake().look(list(1)).plan.additions).toEqual([{ kind: 'interrupted' }, asked]);
    story.exit().close(null, list(1));
    expect(story.wake().look(list(1)).plan.additions).toEqual([asked]);
    story.exit().close(null, list(2));
    expect(story.wake().look(list(2)).plan.additions).toEqual([]);
  });
});

describe('a full conversation', () => {
  const full = failing('Codex ran out of room in the model’s context window.');

  test('does not end a run because of earlier failures of other kinds', () => {
    const story = new Story();
    for (let session = 0; session < 8; session++) {
      story.look(list(1)).exit().close(failing('rate limit exceeded'), list(1)).wake();
    }
    story.look(list(1)).exit().close(full, list(1));
    expect(story.phase).toBe('resting');
    expect(next(story).additions).toEqual([{ kind: 'context-full' }]);
  });
});

describe('a step that makes no progress even in parts', () => {
  /** The next session climbs to the last rung. */
  const stuck = (): Story =>
    stall(new Story({ ladder: { rung: 3, sessionsWithoutTick: 0 } }), 'silence');

  test('starts no session before the list changes', () => {
    const story = stuck();
    for (let looks = 0; looks < 3; looks++) {
      story.wake().look(list(1));
      expect([story.phase, story.announced]).toMatchObject(['resting', [{ kind: 'waits' }]]);
    }
  });

  test.each([
    ['the step', list(1, '2. Something smaller')],
    ['the number of steps', listOf({ done: 1, total: 12, next: '2. Do part 2' })],
    ['a tick', list(2)],
  ])('starts again from the bottom when the list changes: %s', (_, changed) => {
    const story = stuck().wake().look(changed);
    expect(story.phase).toBe('starting');
    expect(story.run.ladder.rung).toBe(0);
  });

  test('starts again from the bottom when the user says “try now”', () => {
    const story = stuck().tell({ kind: 'control request', want: 'try now' }).look(list(1));
    expect(story.phase).toBe('starting');
    expect(story.run.ladder.rung).toBe(0);
  });

  test('gets one more session from a runner that recovers the run', () => {
    const story = new Story({ ladder: { rung: 4, sessionsWithoutTick: 0 } }).live(null, open);
    expect([story.phase, story.announced.at(-1)?.kind]).toEqual(['resting', 'waits']);
  });
});

describe('a session that waits for its permit', () => {
  const queued = (settings = {}): Story => {
    const story = new Story({ settings });
    story.permit = 'on request';
    return story.look(open);
  };

  test('does not count before it may start', () => {
    const story = queued();
    expect([story.phase, story.run.sessionsStarted, story.done]).toEqual([
      'queued',
      0,
      ['request permit 1'],
    ]);
    story.tell({ kind: 'permit given', session: 1 });
    expect(story.done).toEqual(['say session', 'start 1']);
    expect(story.run.sessionsStarted).toBe(1);
  });

  test('announces once what it waits for, and that it continues', () => {
    const story = queued();
    const wait = { reason: 'usage limit', until: story.at + 5000 } as const;
    expect(story.tell({ kind: 'kept waiting', session: 1, wait }).done).toEqual(['say waits']);
    expect(story.tell({ kind: 'kept waiting', session: 1, wait }).done).toEqual([]);
    expect(story.tell({ kind: 'permit given', session: 1 }).done[0]).toBe('say goes on');
  });

  test.each(['pause now', 'pause after session', 'end at once'] as const)(
    '%s ends the run, and no permit request remains',
    (want) => {
      const story = queued().tell({ kind: 'control request', want });
      expect([story.ending, story.done[0]]).toEqual(['paused', 'drop permit']);
    },
  );

  test('“try now” hurries it', () => {
    expect(queued().tell({ kind: 'control request', want: 'try now' }).done).toEqual([
      'hurry permit',
    ]);
  });

  test('does not wait longer when the clock is set forward', () => {
    const day = 24 * 3_600_000;
    const story = queued({ maxWaitMs: 60_000 });
    story.tell({ kind: 'kept waiting', session: 1, wait: { reason: 'turn', until: null } });
    story.at += 50_000 + day;
    story.tell({ kind: 'clock set', byMs: day });
    story.tell({ kind: 'kept waiting', session: 1, wait: { reason: 'turn', until: null } });
    expect(story.ending).toBeNull();
    story.at += 10_001;
    story.tell({ kind: 'kept waiting', session: 1, wait: { reason: 'turn', until: null } });
    expect(story.ending).toMatch(/longer than --max-wait/);
  });

  test('ends the run when the wait is longer than --max-wait', () => {
    const story = queued({ maxWaitMs: 60_000 });
    const wait = { reason: 'usage limit', until: story.at + 60_001 } as const;
    story.tell({ kind: 'kept waiting', session: 1, wait });
    expect(story.ending).toMatch(/^failed: The wait is longer than --max-wait allows/);
    expect(story.done[0]).toBe('drop permit');
  });

  test('has waited only since the model last answered, not since the first failure', () => {
    const hours = 3_600_000;
    const story = new Story({ settings: { maxWaitMs: 6 * hours } });
    for (let window = 0; window < 4; window++) {
      story.permit = 'on request';
      story.look(open);
      const { session } = story;
      const wait = { reason: 'usage limit', until: story.at + hours } as const;
      if (window > 0) story.tell({ kind: 'kept waiting', session, wait });
      expect(story.ending).toBeNull();
      story.at += hours;
      story.tell({ kind: 'permit given', session }).tell({ kind: 'started', session });
      story.tell({ kind: 'answered', session });
      story.at += 4 * hours;
      story.tell({ kind: 'exited', session }).close(limited);
    }
    expect(story.phase).toBe('looking');
  });

  test('a permit for a session that is no longer planned starts nothing', () => {
    const story = queued().tell({ kind: 'permit given', session: 7 });
    expect([story.phase, story.done]).toEqual(['queued', []]);
  });
});
