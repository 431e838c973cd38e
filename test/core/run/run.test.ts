import { codexMissing, failureOf } from '../../../source/core/failure/failure.ts';
import { describe, expect, test } from 'vitest';
import { allDone, failing, missing, Story } from '../../helpers/run-story.ts';

const thread = '01a2023d-ceff-78c1-8e86-de96f121a1f2';
const otherThread = '01a2023d-ceff-78c1-8e86-000000000000';

/** A session is under way. */
const working = (...beginning: ConstructorParameters<typeof Story>) =>
  new Story(...beginning).look().tell({ kind: 'started', session: 1 });

describe('a session', () => {
  test('is planned after a look, announced, started, closed when it has exited, and followed by a rest', () => {
    const story = new Story();
    expect(story.done).toEqual(['look']);
    expect(story.look().done).toEqual(['say session', 'start 1']);
    expect(story.tell({ kind: 'started', session: 1 }).done).toEqual([]);
    expect(story.phase).toBe('working');
    expect(story.tell({ kind: 'exited', session: 1 }).done).toEqual(['close 1']);
    expect(story.close().done).toEqual([
      'say session complete',
      'say progress',
      'say rest',
      'wake in 3000',
    ]);
    expect(story.wake().done).toEqual(['look']);
    expect(story.look().done).toEqual(['say session', 'start 2']);
  });

  test('that exits before its start is reported is closed all the same', () => {
    const story = new Story().look().tell({ kind: 'exited', session: 1 });
    expect(story.done).toEqual(['close 1']);
    expect(story.tell({ kind: 'started', session: 1 }).done).toEqual([]);
    expect(story.phase).toBe('closing');
  });

  test('that cannot be started ends the run with the reason', () => {
    const sentence = 'Codex could not be started: spawn ENOENT';
    const story = new Story().look().tell({ kind: 'start failed', session: 1, sentence });
    expect(story.ending).toBe(`failed: ${sentence}`);
    expect(story.done).toEqual(['end failed']);
  });

  test('whose Codex is gone ends the run only if it is the first', () => {
    const failed = {
      kind: 'start failed',
      sentence: 'Codex could not be started: spawn ENOENT',
      failure: codexMissing('/usr/bin/codex'),
    } as const;
    expect(new Story().look().tell({ ...failed, session: 1 }).phase).toBe('ended');
    const story = working().tell({ kind: 'exited', session: 1 }).close().wake().look();
    expect(story.phase).toBe('starting');
    story.tell({ ...failed, session: 2 });
    expect([story.phase, story.run.sessionsStarted]).toEqual(['resting', 1]);
    story.wake().look();
    expect(story.done).toContain('start 3');
  });

  test('whose launcher finds no Codex does not count for --max-sessions', () => {
    const launcher = failureOf({
      message: null,
      stderr: 'Error: Missing optional dependency @openai/codex-linux-x64',
      sandboxTrouble: null,
      exitCode: 1,
      signal: null,
    });
    const story = new Story({ settings: { maxSessions: 1 } }).live(launcher);
    expect([story.phase, story.run.sessionsStarted]).toEqual(['resting', 0]);
    // A moment later the launcher is gone, too: it is still the same update.
    story
      .wake()
      .look()
      .tell({
        kind: 'start failed',
        session: 2,
        sentence: 'Codex could not be started: spawn ENOENT',
        failure: codexMissing('/usr/bin/codex'),
      });
    expect(story.phase).toBe('resting');
    expect(story.wake().live().ending).toBe('stopped: reached --max-sessions');
  });

  test('whose end cannot be recorded ends the run with the reason', () => {
    const story = working().tell({ kind: 'exited', session: 1 });
    story.tell({ kind: 'close failed', session: 1, sentence: 'session.log is a symbolic link' });
    expect(story.ending).toBe('failed: session.log is a symbolic link');
  });

  test('is over when it has exited, never because the log says so', () => {
    const story = working().tell({ kind: 'turn over', session: 1 });
    expect(story.phase).toBe('working');
    expect(story.done).toEqual(['wake in 20000']);
  });

  test('that lingers after its turn is stopped, and its result counts', () => {
    const story = working().tell({ kind: 'turn over', session: 1 }).wake();
    expect(story.done).toEqual(['signal SIGINT', 'wake in 10000']);
    story.tell({ kind: 'exited', session: 1 }).close();
    expect(story.phase).toBe('resting');
    expect(story.run.failuresInARow).toBe(0);
  });

  test('that works on after a turn over is not stopped for lingering', () => {
    const story = working().tell({ kind: 'turn over', session: 1 });
    const { epoch } = story.timer;
    story.tell({ kind: 'turn goes on', session: 1 }).tell({ kind: 'time', epoch });
    expect(story.phase).toBe('working');
    expect(story.done).toEqual([]);
  });
});

describe('a fact that comes too late is ignored', () => {
  test('about an earlier session, whatever the phase of the next', () => {
    const story = new Story().live().wake().look();
    for (const phase of ['starting', 'working', 'closing']) {
      if (phase === 'working') story.tell({ kind: 'started', session: 2 });
      if (phase === 'closing') story.tell({ kind: 'exited', session: 2 });
      const before = story.run;
      story.tell({ kind: 'exited', session: 1 });
      story.tell({ kind: 'closed', session: 1, failure: null, list: missing });
      story.tell({ kind: 'close failed', session: 1, sentence: '' });
      story.tell({ kind: 'start failed', session: 1, sentence: '' });
      story.tell({ kind: 'thread started', session: 1, threadId: thread });
      expect([story.phase, story.run, story.done]).toEqual([phase, before, []]);
    }
  });

  test('about a phase that its session has left', () => {
    const story = working();
    story.tell({ kind: 'start failed', session: 1, sentence: 'no' });
    story.tell({ kind: 'closed', session: 1, failure: null, list: missing });
    story.tell({ kind: 'close failed', session: 1, sentence: 'no' });
    story.look();
    expect([story.phase, story.done]).toEqual(['working', []]);
  });

  test('a timer of an earlier epoch', () => {
    const story = working().tell({ kind: 'turn over', session: 1 });
    const { epoch } = story.timer;
    story.tell({ kind: 'exited', session: 1 }).close();
    expect(story.phase).toBe('resting');
    expect(story.tell({ kind: 'time', epoch }).done).toEqual([]);
    expect(story.phase).toBe('resting');
  });

  test('any fact after the end', () => {
    const story = new Story().look(missing, 'not described');
    const { run } = story;
    story
      .look()
      .tell({ kind: 'control request', want: 'end at once' })
      .tell({ kind: 'control request', want: 'go on' });
    story.tell({ kind: 'fatal', sentence: 'late' }).tell({ kind: 'time', epoch: run.epoch });
    expect(story.run).toBe(run);
  });

  test('a clock that is set after a run has ended while it waited', () => {
    const story = new Story().look().live(failing('too many requests'));
    expect(story.run.waitingSince).not.toBeNull();
    const { run } = story.tell({ kind: 'control request', want: 'pause now' });
    expect(story.ending).toBe('paused');
    expect(story.tell({ kind: 'clock set', byMs: 1000 }).run).toBe(run);
  });
});

describe('a conversation', () => {
  test('is saved as soon as its id is known', () => {
    const story = working().tell({ kind: 'thread started', session: 1, threadId: thread });
    expect(story.done).toEqual([`save ${thread}`]);
  });

  test('is saved even when its id is read after Codex has exited', () => {
    const story = working().tell({ kind: 'exited', session: 1 });
    story.tell({ kind: 'thread started', session: 1, threadId: thread });
    expect([story.done, story.phase]).toEqual([[`save ${thread}`], 'closing']);
  });

  test('that is resumed and answers with its own id needs no note', () => {
    const story = working({ resume: thread });
    expect(story.plan.resumes).toBe(thread);
    story.tell({ kind: 'thread started', session: 1, threadId: thread });
    expect(story.done).toEqual([`save ${thread}`]);
  });

  test('that is resumed and answers with another id is noted as a new one', () => {
    const story = working({ resume: thread });
    story.tell({ kind: 'thread started', session: 1, threadId: otherThread });
    expect(story.done).toEqual([`save ${otherThread}`, 'say note']);
    expect(story.announced).toEqual([
      { kind: 'note', sentence: 'The conversation could not be resumed: this is a new one.' },
    ]);
  });

  test('is resumed by the first session of a run only', () => {
    const story = new Story({ resume: thread }).live().wake().look();
    expect(story.plan).toMatchObject({ number: 2, resumes: null });
  });

  test('is resumed by an Initializer, too: the pause may have come while it planned', () => {
    expect(new Story({ resume: thread }).look(missing).plan).toMatchObject({
      role: 'initializer',
      resumes: thread,
    });
  });

  test('that is gone is followed by a new one at once, even with --no-auto-continue', () => {
    const gone = failing('no rollout found for thread id');
    const story = new Story({ resume: thread, settings: { autoContinue: false } }).live(gone);
    expect(story.announced.at(-1)).toEqual({
      kind: 'note',
      sentence: 'The conversation to resume no longer exists: starting a new one.',
    });
    expect(story.timer.at).toBe(story.at);
    expect(story.wake().look().plan).toEqual({
      number: 2,
      role: 'executor',
      resumes: null,
      additions: [{ kind: 'conversation-gone' }],
    });
    expect(story.exit().close().ending).toBe('stopped: after one session (--no-auto-continue)');
  });

  test('that is full is followed by a new one at once, and the next session is told', () => {
    const full = failing("Codex ran out of room in the model's context window.");
    const story = new Story().live(full);
    expect(story.timer.at).toBe(story.at);
    expect(story.wake().look().plan.additions).toEqual([{ kind: 'context-full' }]);
  });
});

describe('a fatal problem', () => {
  const trouble = { kind: 'fatal', sentence: 'run.json: ENOSPC' } as const;
  const ending = 'failed: run.json: ENOSPC';

  test.each([
    ['while looking', new Story()],
    ['while resting', new Story().live()],
  ])('ends the run at once %s', (_when, story) => {
    expect(story.tell(trouble).ending).toBe(ending);
  });

  test('stops a working session; the run ends when that is closed', () => {
    const story = working().tell(trouble);
    expect(story.done).toEqual(['signal SIGINT', 'wake in 10000']);
    expect(story.tell({ kind: 'exited', session: 1 }).done).toEqual(['close 1']);
    expect(story.close().ending).toBe(ending);
  });

  test('stops a session that is being started as soon as it runs', () => {
    const story = new Story().look().tell(trouble);
    expect([story.phase, story.done]).toEqual(['starting', []]);
    story.tell({ kind: 'started', session: 1 });
    expect(story.done).toEqual(['signal SIGINT', 'wake in 10000']);
  });

  test('does not end a run while a process of its session may live', () => {
    const story = working().tell({ kind: 'exited', session: 1 }).tell(trouble);
    expect([story.phase, story.done]).toEqual(['closing', []]);
    expect(story.close().ending).toBe(ending);
  });

  test('does not disturb a stop under way', () => {
    const story = working().tell({ kind: 'control request', want: 'pause now' });
    const { run } = story;
    story.tell(trouble);
    expect([story.run.epoch, story.phase, story.done]).toEqual([run.epoch, 'stopping', []]);
    expect(story.tell({ kind: 'exited', session: 1 }).close().ending).toBe(ending);
  });

  test('is reported with the first reason, not with its consequences', () => {
    const story = new Story().look().tell(trouble);
    story.tell({ kind: 'fatal', sentence: 'and again' });
    expect(story.tell({ kind: 'start failed', session: 1, sentence: 'no' }).ending).toBe(ending);
  });
});

describe('a run whose task directory is gone', () => {
  const gone = { kind: 'directory gone', sentence: 'not there' } as const;
  const ending = 'interrupted: not there';

  test.each([
    ['while looking', new Story()],
    ['while resting', new Story().live()],
  ])('is interrupted at once %s', (_when, story) => {
    expect(story.tell(gone).ending).toBe(ending);
  });

  test('stops the working session, and is interrupted when that is closed', () => {
    const story = working().tell(gone);
    expect(story.done).toEqual(['signal SIGINT', 'wake in 10000']);
    expect(story.tell({ kind: 'exited', session: 1 }).close(null, missing).ending).toBe(ending);
  });

  test('is interrupted even when the end of its session cannot be recorded', () => {
    const story = working().tell(gone).tell({ kind: 'exited', session: 1 });
    const failed = { kind: 'close failed', session: 1, sentence: 'ENOENT' } as const;
    expect(story.tell(failed).ending).toBe(ending);
  });

  test('is not done by the list that is at its path then', () => {
    const story = working().tell(gone).tell({ kind: 'exited', session: 1 });
    expect(story.close(null, allDone).ending).toBe(ending);
  });
});
