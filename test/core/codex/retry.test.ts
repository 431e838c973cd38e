import { describe, expect, test } from 'vitest';
import { readLegacyRetry, readRetry, showsThatItWorked } from '../../../source/core/codex/retry.ts';
import type { LogEvent } from '../../../source/core/codex/log-event.ts';

describe('readRetry', () => {
  test.each([
    ['Reconnecting... 1/5', 1, 5, ''],
    [
      'Reconnecting... 3/5 (stream disconnected before completion: (a) b)',
      3,
      5,
      'stream disconnected before completion: (a) b',
    ],
    [
      'Reconnecting... waiting for network (dns error)',
      null,
      null,
      'waiting for network (dns error)',
    ],
    ['Reconnecting...', null, null, ''],
  ])('%s', (message, attempt, of, reason) => {
    expect(readRetry(message)).toEqual({ type: 'retry', attempt, of, reason });
  });

  test.each(['stream disconnected before completion', 'not Reconnecting... 1/5', ''])(
    '%j is not a retry',
    (message) => {
      expect(readRetry(message)).toBeNull();
    },
  );

  test('an old stream error is always a retry', () => {
    expect(readLegacyRetry('stream error: cut; retrying 3/5 in 1.2s…')).toEqual({
      type: 'retry',
      attempt: 3,
      of: 5,
      reason: 'cut',
    });
    expect(readLegacyRetry('cut')).toEqual({
      type: 'retry',
      attempt: null,
      of: null,
      reason: 'cut',
    });
  });
});

describe('showsThatItWorked', () => {
  const message = { kind: 'message', text: 'hello' } as const;
  const command = {
    kind: 'command',
    command: 'ls',
    output: '',
    exitCode: 0,
    status: 'completed',
  } as const;
  const warning = { kind: 'warning', message: 'careful' } as const;

  test.each<[string, LogEvent, 'begun before' | 'new', boolean]>([
    ['a completed turn', { type: 'turn-completed', usage: null }, 'new', true],
    ['a message', { type: 'item', stage: 'completed', id: 'a', body: message }, 'new', true],
    [
      'a command that begins',
      { type: 'item', stage: 'started', id: 'a', body: command },
      'new',
      true,
    ],
    [
      'a command that had begun before',
      { type: 'item', stage: 'completed', id: 'a', body: command },
      'begun before',
      false,
    ],
    ['a warning', { type: 'item', stage: 'completed', id: 'a', body: warning }, 'new', false],
    ['a failed turn', { type: 'turn-failed', message: '' }, 'new', false],
    ['noise', { type: 'noise', text: 'x' }, 'new', false],
  ])('%s', (_, event, begun, shows) => {
    expect(showsThatItWorked(event, begun)).toBe(shows);
  });
});
