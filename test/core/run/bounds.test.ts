import { describe, expect, test } from 'vitest';
import { boundsLeft, isInterrupted } from '../../../source/core/run/bounds.ts';
import { recordWith, sessionWith } from '../../helpers/run-records.ts';

const free = { autoContinue: true, maxSessions: null };

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

  test('follows the call where that gives bounds', () => {
    const record = recordWith({ maxSessions: 5, sessionsInRun: 1, autoContinue: true });
    expect(boundsLeft(record, { autoContinue: false, maxSessions: 9 })).toEqual({
      autoContinue: false,
      maxSessions: 9,
    });
  });

  test('stops after one session if that was asked for', () => {
    expect(boundsLeft(recordWith({ autoContinue: false }), free).autoContinue).toBe(false);
  });
});

test('a run is interrupted if it has no ending, or a shutdown paused it', () => {
  const paused = { kind: 'paused', sentence: null, at: 1 } as const;
  expect(isInterrupted(recordWith({ ending: null }))).toBe(true);
  expect(isInterrupted(recordWith({ ending: paused, toldToEnd: 'SIGTERM' }))).toBe(true);
  expect(isInterrupted(recordWith({ ending: paused, toldToEnd: null }))).toBe(false);
});

const ended = { at: 1, outcome: 'completed', copy: null };
