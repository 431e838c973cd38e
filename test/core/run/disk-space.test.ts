import { describe, expect, test } from 'vitest';
import type { Fact, Want } from '../../../source/core/run/fact.ts';
import { allDone, failing, open, Story } from '../../helpers/run-story.ts';

const full = 'The disk with the log is full: free some space';
const noRoom = (session: number): Fact => ({ kind: 'disk full', session, sentence: full });
const request = (want: Want): Fact => ({ kind: 'control request', want });
const lookFull = (story: Story, list = open): Story =>
  story.tell({ kind: 'looked', list, hasDescription: true, full });
const patient = { settings: { waitsForUser: true } };
const reason = ({ run }: Story): string | null =>
  run.phase.name === 'resting' ? (run.phase.because?.sentence ?? null) : null;

describe('before a session', () => {
  test('a full disk prevents it: the run waits for the user, and looks again by itself', () => {
    const story = lookFull(new Story(patient));
    expect([story.phase, reason(story), story.run.sessionsStarted]).toEqual(['resting', full, 0]);
    expect(story.wake().done).toEqual(['look']);
    expect(lookFull(story).phase).toBe('resting');
    expect(story.wake().look().done).toContain('start 1');
  });

  test('a list that is done needs no disk space', () => {
    expect(lookFull(new Story(patient), allDone).ending).toBe('done');
  });

  test('a run without a dashboard ends with the reason', () => {
    const alone = new Story({ settings: { waitsForUser: false } });
    expect(lookFull(alone).ending).toBe(`failed: ${full}`);
  });
});

describe('a session that could not be started for lack of disk space', () => {
  test('does not count, and its conversation is resumed later', () => {
    const story = new Story({ ...patient, resume: 'thread' }).look().tell(noRoom(1));
    expect([story.phase, reason(story), story.run.sessionsStarted]).toEqual(['resting', full, 0]);
    expect(story.wake().look().plan.resumes).toBe('thread');
  });

  test('a pause that was requested meanwhile ends the run', () => {
    const story = new Story(patient).look().tell(request('pause now')).tell(noRoom(1));
    expect(story.ending).toBe('paused');
  });

  test('its permit is released', () => {
    const story = new Story(patient);
    story.permit = 'on request';
    story.look().tell(noRoom(1));
    expect([story.phase, story.done[0]]).toEqual(['resting', 'drop permit']);
  });
});

describe('a session whose end could not be recorded for lack of disk space', () => {
  const heldUp = (): Story => new Story(patient).look().exit().tell(noRoom(1));

  test('is closed again and again, and nothing else is started until then', () => {
    const story = heldUp();
    expect(story.phase).toBe('closing');
    expect(story.wake().done).toEqual(['close 1']);
    story.tell(noRoom(1));
    expect(story.wake().done).toEqual(['close 1']);
    story.close(null);
    expect(story.phase).toBe('resting');
    expect(story.wake().look().done).toContain('start 2');
  });

  test('"try now" closes it at once', () => {
    expect(heldUp().tell(request('try now')).done).toEqual(['close 1']);
  });

  test.each(['pause now', 'pause after session', 'end at once'] as const)(
    '"%s" ends the run, since no process lives: the next run records the end',
    (want) => {
      expect(heldUp().tell(request(want)).ending).toBe('paused');
    },
  );

  test('while closing is retried, the run does not end', () => {
    const story = heldUp().wake().tell(request('pause now'));
    expect([story.phase, story.ending]).toEqual(['closing', null]);
    expect(story.close(failing('')).ending).toBe('paused');
  });

  test('a run without a dashboard ends with the reason', () => {
    const alone = new Story({ settings: { waitsForUser: false } }).look().exit().tell(noRoom(1));
    expect(alone.ending).toBe(`failed: ${full}`);
  });
});
