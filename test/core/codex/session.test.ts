import { describe, expect, test } from 'vitest';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { createSessionFold, type SessionResult } from '../../../source/core/codex/session.ts';
import { recordedLines, recordedVersions, type RecordedVersion } from '../../helpers/recordings.ts';

function resultOf(lines: readonly unknown[]): SessionResult {
  const session = createSessionFold();
  for (const line of lines) {
    session.push(readLogLine(typeof line === 'string' ? line : JSON.stringify(line)));
  }
  return session.result();
}

function recorded(version: RecordedVersion, scenario: string): SessionResult {
  return resultOf(recordedLines(version, scenario));
}

const thread = '01a2023d-ceff-78c1-8e86-de96f121a1f2';
const turnStarted = { type: 'turn.started' };
const turnCompleted = { type: 'turn.completed', usage: { input_tokens: 1000 } };
const turnFailed = (message: string) => ({ type: 'turn.failed', error: { message } });
const error = (message: string) => ({ type: 'error', message });
const command = (type: string, id: string, more: object = {}) => ({
  type: `item.${type}`,
  item: { id, type: 'command_execution', command: 'ls', ...more },
});
const message = (text: string) => ({
  type: 'item.completed',
  item: { id: 'item_9', type: 'agent_message', text },
});

describe('results of recorded sessions', () => {
  test('nothing yet', () => {
    expect(resultOf([])).toEqual({
      threadId: null,
      turn: 'none',
      failureMessage: null,
      totals: null,
      commands: 0,
      failedCommands: 0,
      fileChanges: 0,
      items: 0,
      lastMessage: null,
      retrying: null,
      openCommands: 0,
      sandboxTrouble: null,
    });
  });

  test('a session with all tools completed', () => {
    expect(recorded('0.169.0', 'tools')).toEqual({
      threadId: '01a2023d-de70-7002-a26a-6fc10367da14',
      turn: 'completed',
      failureMessage: null,
      totals: {
        inputTokens: 8000,
        cachedInputTokens: 1600,
        outputTokens: 400,
        reasoningTokens: 80,
      },
      commands: 2,
      failedCommands: 1,
      fileChanges: 2,
      items: 6,
      lastMessage: 'All tools used. Unicode: 你好 🎉',
      retrying: null,
      openCommands: 0,
      sandboxTrouble: null,
    });
  });

  test.each(recordedVersions)('the failures of %s have Codex’s own message', (version) => {
    const said = {
      'context-full': /ran out of room/,
      'quota-exceeded': /^Quota exceeded/,
      'rate-limited': /429 Too Many Requests$/,
      'server-error': /high demand/,
      'stream-cut': /^stream disconnected before completion/,
      unauthorized: /401 Unauthorized/,
      'usage-limit': /hit your usage limit/,
    };
    for (const [scenario, words] of Object.entries(said)) {
      const { turn, failureMessage, retrying } = recorded(version, scenario);
      expect({ scenario, turn, retrying }).toEqual({ scenario, turn: 'failed', retrying: null });
      expect(failureMessage).toMatch(words);
    }
  });

  test.each(recordedVersions)(
    'a stream of %s that was cut and came back is completed',
    (version) => {
      expect(recorded(version, 'stream-cut-recovered')).toMatchObject({
        turn: 'completed',
        failureMessage: null,
        retrying: null,
        lastMessage: 'recovered',
      });
    },
  );

  test.each(['interrupted', 'terminated', 'killed'])(
    'an end by signal (%s) leaves a command open',
    (scenario) => {
      expect(recorded('0.169.0', scenario)).toMatchObject({
        turn: 'started',
        failureMessage: null,
        totals: null,
        openCommands: 1,
      });
    },
  );
});

describe('the outcome', () => {
  test('the last turn decides', () => {
    expect(resultOf([turnStarted, turnFailed('one'), turnStarted, turnCompleted])).toMatchObject({
      turn: 'completed',
      failureMessage: null,
    });
    expect(resultOf([turnStarted, turnCompleted, turnFailed('late')])).toMatchObject({
      turn: 'failed',
      failureMessage: 'late',
    });
  });

  test('an error counts only while no turn completed', () => {
    expect(resultOf([turnStarted, error('broken')])).toMatchObject({ failureMessage: 'broken' });
    expect(resultOf([error('broken')])).toMatchObject({ turn: 'none', failureMessage: 'broken' });
    expect(resultOf([error('broken'), turnCompleted])).toMatchObject({ failureMessage: null });
  });

  test('a retry is not an error', () => {
    expect(resultOf([turnStarted, error('Reconnecting... 1/5 (cut)')])).toMatchObject({
      failureMessage: null,
      retrying: { attempt: 1, of: 5, reason: 'cut' },
    });
  });

  test('a warning is not an item, and does not end a retry', () => {
    const warning = {
      type: 'item.completed',
      item: { id: 'item_0', type: 'error', message: 'careful' },
    };
    expect(resultOf([error('Reconnecting... 1/5'), warning])).toMatchObject({
      items: 0,
      failureMessage: null,
      retrying: { attempt: 1, of: 5, reason: '' },
    });
  });

  test('only output of the model ends a retry, not a command that had begun before', () => {
    const lines = [
      command('started', 'item_0'),
      error('Reconnecting... waiting for network (dns error)'),
      command('completed', 'item_0', { exit_code: 0 }),
    ];
    expect(resultOf(lines).retrying).toEqual({
      attempt: null,
      of: null,
      reason: 'waiting for network (dns error)',
    });
    expect(resultOf([...lines, message('back')]).retrying).toBeNull();
  });

  test('the first thread is the session’s own, whatever follows', () => {
    const later = { type: 'thread.started', thread_id: '01a2023d-ceff-78c1-8e86-000000000000' };
    expect(resultOf([{ type: 'thread.started', thread_id: thread }, later]).threadId).toBe(thread);
  });

  test('tokens of old versions are known before the turn is over', () => {
    const counted = { type: 'token_count', info: { total_token_usage: { input_tokens: 7 } } };
    const lines = [
      { id: '1', msg: counted },
      { id: '1', msg: { type: 'task_complete' } },
    ];
    expect(resultOf(lines)).toMatchObject({ turn: 'completed', totals: { inputTokens: 7 } });
  });
});

describe('a sandbox that could not be created', () => {
  const failed = (aggregated_output: string) =>
    command('completed', 'item_0', { exit_code: 1, status: 'failed', aggregated_output });
  const trouble = 'bwrap: No permissions to create a new namespace';

  test('is shown by the line that says so', () => {
    expect(resultOf([failed(trouble)]).sandboxTrouble).toBe(trouble);
    expect(resultOf([failed(`before\n${trouble}\nafter`)]).sandboxTrouble).toBe(trouble);
  });

  test('is not reported when a command succeeded, before or after', () => {
    const fine = command('completed', 'item_1', { exit_code: 0 });
    expect(resultOf([failed(trouble), fine]).sandboxTrouble).toBeNull();
    expect(resultOf([fine, failed(trouble)]).sandboxTrouble).toBeNull();
  });

  test('is not reported when a command only mentions it or successfully prints it', () => {
    expect(resultOf([failed(`see ${trouble}`)]).sandboxTrouble).toBeNull();
    expect(
      resultOf([command('completed', 'item_0', { exit_code: 0, aggregated_output: trouble })])
        .sandboxTrouble,
    ).toBeNull();
  });
});

describe('text', () => {
  test('is clean, without secrets, and short', () => {
    const raw = `\x1b[31mno\x1b[0m\nsk-proj-abcdefghijklmnopqrstuvwxyz0123456789 ${'x '.repeat(5000)}`;
    const result = resultOf([
      message(raw),
      error('Reconnecting... 1/5 (\x1b[2Jcut)'),
      turnFailed(raw),
    ]);
    expect(result.failureMessage).toMatch(/^no sk-p…\[masked\] x x/);
    expect(result.failureMessage?.length).toBeLessThanOrEqual(2000);
    expect(result.lastMessage).toMatch(/^no\nsk-p…\[masked\] x x/);
    expect(result.lastMessage?.length).toBeLessThan(20_000);
  });
});
