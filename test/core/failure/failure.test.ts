import { describe, expect, test } from 'vitest';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import {
  failureLine,
  failureOf,
  namingWriters,
  noChecklist,
  noSandbox,
  type Failure,
} from '../../../source/core/failure/failure.ts';
import type { FailureReason } from '../../../source/core/failure/failure-kinds.ts';
import { createSessionFold } from '../../../source/core/codex/session.ts';
import { recordedLines, recordedScenarios, recordedVersions } from '../../helpers/recordings.ts';

const nothing = { message: null, stderr: '', sandboxTrouble: null, exitCode: 1, signal: null };

const codexMessage = (message: string): Failure => failureOf({ ...nothing, message });
const onStderr = (stderr: string): Failure => failureOf({ ...nothing, stderr });

const reasonByScenario: Readonly<Record<string, FailureReason>> = {
  'context-full': 'context full',
  'quota-exceeded': 'quota',
  'rate-limited': 'rate limit',
  'server-error': 'overloaded',
  'stream-cut': 'stream lost',
  unauthorized: 'login',
  'usage-limit': 'usage limit',
};

describe.each(recordedVersions)('the last message of Codex %s', (version) => {
  test.each(Object.entries(reasonByScenario))('in %s is: %s', (scenario, reason) => {
    const session = createSessionFold();
    for (const line of recordedLines(version, scenario)) session.push(readLogLine(line));
    const { failureMessage: message } = session.result();
    expect(message).not.toBeNull();
    expect(failureOf({ ...nothing, message })).toMatchObject({ reason, codexMessage: message });
  });

  test('no other recording holds a failure', () => {
    const failed = recordedScenarios(version).filter((scenario) =>
      recordedLines(version, scenario).some((line) => line.includes('"turn.failed"')),
    );
    expect(failed).toEqual(Object.keys(reasonByScenario).sort());
  });
});

describe('a message', () => {
  test.each<[string, FailureReason]>([
    ["You've hit your usage limit. Try again later.", 'usage limit'],
    ['You’ve hit your usage limit. Try again at Nov 23rd, 2026 1:48 PM.', 'usage limit'],
    ['rate limit exceeded: slow down. Please try again in 1.2s.', 'rate limit'],
    ['exceeded retry limit, last status: 429 Too Many Requests', 'rate limit'],
    ['Quota exceeded. Check your plan and billing details.', 'quota'],
    ['Your workspace is out of credits. Add credits to continue.', 'quota'],
    ['You hit your spend cap set in your workspace. Increase your spend cap to continue.', 'quota'],
    ["You've reached your workspace credit limit", 'quota'],
    ["You've reached your usage limit. Increase your limits to continue using codex.", 'quota'],
    ['To use Codex with your ChatGPT plan, upgrade to Plus: https://…', 'quota'],
    ['Flex capacity is unavailable. Please try again later.', 'overloaded'],
    ['You’ve hit your usage limit for gpt-5.5. Switch to another model now.', 'usage limit'],
    ['exceeded retry limit, last status: 401 Unauthorized', 'login'],
    ['Your access token could not be refreshed because your refresh token was revoked.', 'login'],
    ['Missing environment variable: `OPENAI_API_KEY`.', 'login'],
    ["Codex ran out of room in the model's context window. Start a new thread.", 'context full'],
    ['Codex ran out of room in the model’s context window. Start a new thread.', 'context full'],
    ["We're currently experiencing high demand, which may cause errors.", 'overloaded'],
    ['We’re currently experiencing high demand, which may cause errors.', 'overloaded'],
    ['Selected model is at capacity. Please try a different model.', 'overloaded'],
    ['unexpected status 503 Service Unavailable: {}', 'overloaded'],
    ['stream disconnected before completion: idle timeout waiting for SSE', 'stream lost'],
    ['Reconnecting... waiting for network (error sending request)', 'network'],
    ['stream disconnected before completion: dns error: failed to lookup address', 'network'],
    ['No space left on device (os error 28)', 'disk full'],
    ['Disk quota exceeded (os error 122)', 'disk full'],
    ['thread 01a2 already has an active writer', 'another writer'],
  ])('%s is: %s', (message, reason) => {
    expect(codexMessage(message).reason).toBe(reason);
  });

  test('that matches nothing known is shown as Codex wrote it, and retried', () => {
    expect(codexMessage('The hamster is tired.')).toEqual({
      reason: 'unknown',
      recovery: 'try again',
      sentence: 'The hamster is tired.',
      codexMessage: 'The hamster is tired.',
    });
  });

  test('is shown once, or after the sentence when it adds something', () => {
    expect(failureLine(codexMessage('The hamster is tired.'))).toBe('The hamster is tired.');
    expect(failureLine(codexMessage('Quota exceeded. Check your plan and billing details.'))).toBe(
      'The account has used up its quota: check its plan and billing (Codex: Quota exceeded. Check your plan and billing details.)',
    );
    expect(failureLine(noChecklist)).toBe(noChecklist.sentence);
  });

  test('counts more than stderr', () => {
    const failure = failureOf({ ...nothing, message: 'rate limit', stderr: 'Error: dns error' });
    expect(failure.reason).toBe('rate limit');
  });
});

describe('without a message', () => {
  test.each<[string, FailureReason]>([
    [
      'Error: thread/resume: thread/resume failed: no rollout found for thread id 550e8400 (code -32600)',
      'conversation gone',
    ],
    ['Error loading config.toml: invalid type: integer, expected a string', 'configuration'],
    ['Error: Model provider `nowhere` not found', 'configuration'],
    ["error: unexpected argument '--full-auto' found", 'configuration'],
    ['Error: thread 01a2 already has an active writer', 'another writer'],
    ["thread 'main' panicked at core/src/lib.rs:7:5: No space left on device", 'disk full'],
  ])('stderr decides: %s', (line, reason) => {
    const stderr = `WARNING: proceeding, even though …\n${line}\n\nFor more information, try '--help'.\n`;
    expect(onStderr(stderr)).toMatchObject({ reason, codexMessage: line });
  });

  test('a configuration that Codex cannot read is named with its line, which comes after the error', () => {
    const place = '/home/me/.codex/config.toml:7:9: unclosed table, expected `]`';
    expect(onStderr(`Error loading config.toml:\n${place}\n  |\n7 | [broken\n`)).toMatchObject({
      reason: 'configuration',
      sentence: 'Codex cannot read /home/me/.codex/config.toml (line 7): fix it',
      codexMessage: `Error loading config.toml: ${place}`,
    });
  });

  test.each([
    'Reading additional input from stdin...',
    'WARNING: proceeding, even though we could not update PATH: no space left on device',
    '2026-11-22T07:53:11.956895Z ERROR codex_core::session: failed to record rollout items: thread 01a2 not found',
    '2026-11-22T07:54:31.038776Z ERROR codex_core::models_manager: stream disconnected before completion',
    'codex_api: error=http 401 Unauthorized',
    '',
  ])('a line that also occurs when all goes well proves nothing: %s', (stderr) => {
    expect(onStderr(stderr)).toMatchObject({ reason: 'no result', codexMessage: '' });
  });

  test.each([
    [{ exitCode: 101, signal: null }, 'Codex ended without a result (exit code 101)'],
    [{ exitCode: null, signal: 'SIGKILL' }, 'Codex ended without a result (signal SIGKILL)'],
    [{ exitCode: null, signal: null }, 'Codex ended without a result (exit code unknown)'],
  ])('and without stderr, the sentence says how Codex ended: %o', (exit, sentence) => {
    expect(failureOf({ ...nothing, ...exit })).toMatchObject({ reason: 'no result', sentence });
  });
});

describe('another writer', () => {
  const failure = codexMessage('thread 01a2 already has an active writer');

  test('is named by its pid and program when known', () => {
    const writers = [
      { pid: 4242, program: 'codex resume' },
      { pid: 4243, program: '' },
    ];
    expect(namingWriters(failure, writers).sentence).toBe(
      'The conversation is in use by pid 4242 (codex resume), 4243; to free it: quit that program',
    );
    expect(namingWriters(failure, [])).toBe(failure);
  });

  test('that is the daemon of Codex’s own screen is ended as an agent', () => {
    const daemon = { pid: 4242, program: 'codex app-server' };
    expect(namingWriters(failure, [daemon]).sentence).toBe(
      'The conversation is in use by pid 4242 (codex app-server); to free it: codex agents, then x (or kill 4242)',
    );
    expect(namingWriters(failure, [daemon, { pid: 7, program: 'codex exec' }]).sentence).toMatch(
      /to free it: quit that program, or codex agents, then x$/,
    );
  });

  test('is not named when something else failed', () => {
    const other = codexMessage('rate limit');
    expect(namingWriters(other, [{ pid: 4242, program: 'codex' }])).toBe(other);
  });
});

describe('no sandbox', () => {
  const line = 'bwrap: No permissions to create new namespace';

  test('is the reason when the message gives no better one', () => {
    const failure = failureOf({ ...nothing, message: 'odd', sandboxTrouble: line });
    expect(failure).toEqual(noSandbox(line));
    expect(failureOf({ ...nothing, sandboxTrouble: line })).toEqual(noSandbox(line));
  });

  test('is not the reason when Codex names another', () => {
    const failure = failureOf({ ...nothing, message: 'rate limit', sandboxTrouble: line });
    expect(failure.reason).toBe('rate limit');
  });
});
