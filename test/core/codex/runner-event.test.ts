import { describe, expect, test } from 'vitest';
import { checkLine } from '../../../source/core/check/words.ts';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { receiptOf } from '../check/receipts.ts';

const uuid = '01a2023d-ceff-78c1-8e86-de96f121a1f2';

function read(json: unknown) {
  return readLogLine(JSON.stringify(json));
}

describe('lines of the runner', () => {
  const at = '2026-01-29T12:03:40.123Z';
  const atMs = Date.UTC(2026, 0, 29, 12, 3, 40, 123);

  test.each([
    [
      { type: 'autonomous.session.started', session: 4, uuid, role: 'executor', at },
      { type: 'session-started', session: 4, uuid, role: 'executor', at: atMs, resumes: null },
    ],
    [
      { type: 'autonomous.session.started', session: 4, uuid, role: 'executor', resumes: uuid },
      { type: 'session-started', session: 4, uuid, role: 'executor', at: null, resumes: uuid },
    ],
    [
      {
        type: 'autonomous.session.ended',
        session: 4,
        uuid,
        at,
        exitCode: 0,
        signal: null,
        outcome: 'done',
      },
      {
        type: 'session-ended',
        session: 4,
        uuid,
        at: atMs,
        exitCode: 0,
        signal: null,
        outcome: 'done',
      },
    ],
    [
      {
        type: 'autonomous.session.ended',
        session: 4,
        uuid,
        at: 'today',
        exitCode: null,
        signal: 'SIGINT',
      },
      {
        type: 'session-ended',
        session: 4,
        uuid,
        at: null,
        exitCode: null,
        signal: 'SIGINT',
        outcome: '',
      },
    ],
    [
      { type: 'autonomous.stderr', uuid, text: 'WARNING: no' },
      { type: 'stderr', uuid, text: 'WARNING: no' },
    ],
    [
      { type: 'autonomous.guard', session: 4, uuid, at, lines: ['Step 2 is back: "Docs"', 3] },
      {
        type: 'item',
        stage: 'completed',
        id: '',
        body: {
          kind: 'warning',
          message: 'The task list after session 4:\nStep 2 is back: "Docs"',
        },
      },
    ],
    [
      { type: 'autonomous.told', session: 5, uuid, at, texts: ['Use PostgreSQL', 3] },
      { type: 'told', session: 5, at: atMs, texts: ['Use PostgreSQL'] },
    ],
  ])('%j', (json, event) => {
    expect(read(json)).toEqual(event);
  });

  test('a check is read back as it was written', () => {
    const receipt = receiptOf({ outcome: 'timed out', exitCode: null, at: atMs, tail: 'no' });
    expect(readLogLine(checkLine(receipt))).toEqual({
      type: 'check',
      session: 3,
      at: atMs,
      command: 'npm test',
      outcome: 'timed out',
      exitCode: null,
      durationMs: 12_000,
      touched: [],
      tail: 'no',
    });
  });

  test('a check without an outcome has the one of its exit code', () => {
    const line = { type: 'autonomous.check', session: 4, command: 'make', outcome: 'great' };
    expect(read({ ...line, exitCode: 0 })).toMatchObject({ type: 'check', outcome: 'passed' });
    expect(read(line)).toMatchObject({ type: 'check', outcome: 'failed', tail: '' });
    expect(read({ ...line, command: 7 })).toMatchObject({ type: 'unknown' });
  });

  test('a hole in the mirror of a log says how much is missing, and of which machine', () => {
    const hole = { type: 'autonomous.log.hole', bytes: 4711, machine: 'machine-b' };
    const message =
      '4711 bytes of the log on machine-b are missing here: the hub does not have them.';
    expect(read(hole)).toMatchObject({ type: 'item', body: { kind: 'warning', message } });
    expect(read({ ...hole, bytes: -1 })).toMatchObject({ type: 'unknown' });
    expect(read({ ...hole, machine: 7 })).toMatchObject({ type: 'unknown' });
  });

  test('a guard’s line that says nothing is shown as it is', () => {
    const guard = { type: 'autonomous.guard', session: 4, uuid };
    expect(read(guard)).toMatchObject({ type: 'unknown', name: 'autonomous.guard' });
    expect(read({ ...guard, lines: [] })).toMatchObject({ type: 'unknown' });
  });

  test('a session without number, uuid or role is not a session', () => {
    const whole = { type: 'autonomous.session.started', session: 4, uuid, role: 'executor' };
    for (const wrong of [{ session: '4' }, { session: -1 }, { uuid: '../x' }, { role: 'boss' }]) {
      expect(read({ ...whole, ...wrong })).toMatchObject({
        type: 'unknown',
        name: 'autonomous.session.started',
      });
    }
  });

  test('a time without a zone is not a time', () => {
    const ended = { type: 'autonomous.session.ended', session: 4, uuid };
    const event = read({ ...ended, at: '2026-01-29T12:03:40' });
    expect(event).toHaveProperty('at', null);
  });
});
