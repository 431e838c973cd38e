import { describe, expect, test } from 'vitest';
import { boundsLeft, isInterrupted } from '../../../source/core/run/bounds.ts';
import { noLimits } from '../../../source/core/limits/limits.ts';
import { recordWith, sessionWith } from '../../helpers/run-records.ts';

const free = { autoContinue: true, maxSessions: null, limits: noLimits };

describe('a run that continues an interrupted one', () => {
  test.each([
    [{ maxSessions: 5, sessionsInRun: 3 }, 2],
    [{ maxSessions: 5, sessionsInRun: 5 }, 1],
    [{ maxSessions: null, sessionsInRun: 5 }, null],
  ])('may start the sessions that were left: %j', (had, left) => {
    const record = recordWith({ ...had, session: sessionWith({ ended }) });
    expect(boundsLeft(record, free).maxSessions).toBe(left);
  });

  test('starts the one again that was cut short', () => {
    const record = recordWith({
      maxSessions: 5,
      sessionsInRun: 3,
      session: sessionWith({ ended: null }),
    });
    expect(boundsLeft(record, free).maxSessions).toBe(3);
  });

  test('may start no more because the task remembers how many each run may start', () => {
    const record = recordWith({
      maxSessions: 10,
      sessionsInRun: 8,
      session: sessionWith({ ended }),
    });
    expect(boundsLeft(record, { ...free, maxSessions: 10 }, 10).maxSessions).toBe(2);
    expect(boundsLeft(record, { ...free, maxSessions: 3 }, 10).maxSessions).toBe(3);
  });

  test('follows the call where that gives bounds', () => {
    const record = recordWith({ maxSessions: 5, sessionsInRun: 1, autoContinue: true });
    expect(boundsLeft(record, { ...free, autoContinue: false, maxSessions: 9 })).toEqual({
      ...free,
      autoContinue: false,
      maxSessions: 9,
    });
  });

  test('stops after one session if that was asked for', () => {
    expect(boundsLeft(recordWith({ autoContinue: false }), free).autoContinue).toBe(false);
  });

  test('keeps the time at which it was to end, and the look at the plan that nobody had yet', () => {
    const record = recordWith({ until: 5000, planOnly: true, held: null });
    expect(boundsLeft(record, free).limits).toMatchObject({ until: 5000, planOnly: true });
    const later = { ...free, limits: { ...noLimits, until: 9000 } };
    expect(boundsLeft(record, later).limits.until).toBe(9000);
    const seen = recordWith({ planOnly: true, held: 'look at the plan' });
    expect(boundsLeft(seen, free).limits.planOnly).toBe(false);
    const other = recordWith({ planOnly: true, held: 'the configuration has changed' });
    expect(boundsLeft(other, free).limits.planOnly).toBe(true);
  });
});

test('a run is interrupted if it has no ending, or a shutdown paused it', () => {
  const paused = { kind: 'paused', sentence: null, at: 1 } as const;
  expect(isInterrupted(recordWith({ ending: null }))).toBe(true);
  expect(isInterrupted(recordWith({ ending: paused, toldToEnd: 'SIGTERM' }))).toBe(true);
  expect(isInterrupted(recordWith({ ending: paused, toldToEnd: null }))).toBe(false);
});

const ended = { at: 1, outcome: 'completed', copy: null };
