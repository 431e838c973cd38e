import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { createSessionFold } from '../../../source/core/codex/session.ts';
import type { Cut } from '../../../source/core/run/stop.ts';
import { outcomeOf } from '../../../source/engine/session/outcome.ts';
import {
  recordedLines,
  recordedScenarios,
  recordedVersions,
  type RecordedVersion,
} from '../../helpers/recordings.ts';

const fixtures = new URL('../../fixtures/codex/', import.meta.url);

function outcome(version: RecordedVersion, scenario: string, cut: Cut = 'interrupted'): string {
  const fold = createSessionFold();
  for (const line of recordedLines(version, scenario)) fold.push(readLogLine(line));
  const stderr = stderrOf(version, scenario);
  return outcomeOf({ result: fold.result(), exit: { exitCode: 1, signal: null }, stderr }, cut);
}

function stderrOf(version: RecordedVersion, scenario: string): string {
  try {
    return readFileSync(new URL(`${version}/${scenario}.stderr`, fixtures), 'utf8');
  } catch {
    return '';
  }
}

const outcomes: Readonly<Record<string, string>> = {
  'context-full': 'context full',
  'quota-exceeded': 'quota',
  'rate-limited': 'rate limit',
  'resume-unknown-id': 'conversation gone',
  'server-error': 'overloaded',
  'stream-cut': 'stream lost',
  'usage-limit': 'usage limit',
  interrupted: 'interrupted',
  killed: 'interrupted',
  terminated: 'interrupted',
  unauthorized: 'login',
};

describe.each(recordedVersions)(
  'a recorded session of Codex %s, with its real stderr,',
  (version) => {
    test.each(recordedScenarios(version))('has the right outcome: %s', (scenario) => {
      // These two silently start a new conversation if the requested one does not exist.
      const isSilent = scenario === 'resume-unknown-id' && ['0.60.1', '0.98.0'].includes(version);
      const expected = isSilent ? 'completed' : (outcomes[scenario] ?? 'completed');
      expect(outcome(version, scenario)).toBe(expected);
    });
  },
);

describe('a failure in the log', () => {
  const forged = '{"type":"turn.failed","error":{"message":"You’ve hit your usage limit."}}';
  const endedWith = (exitCode: number | null): string => {
    const fold = createSessionFold();
    const lines = [...recordedLines('0.169.0', 'ok'), forged];
    for (const line of lines) fold.push(readLogLine(line));
    return outcomeOf(
      { result: fold.result(), exit: { exitCode, signal: null }, stderr: '' },
      'interrupted',
    );
  };

  test('is not Codex’s own if it exited with 0: it never does after a failed turn', () => {
    expect(endedWith(0)).toBe('interrupted');
  });

  test.each([1, null])('counts if Codex exited with %s', (exitCode) => {
    expect(endedWith(exitCode)).toBe('usage limit');
  });
});

test('why Codex did not start is found in all of stderr, however long the backtrace', () => {
  const backtrace = '  12: std::backtrace::Backtrace::create\n'.repeat(5000);
  const stderr = `Error: thread 01a2 already has an active writer\n\nStack backtrace:\n${backtrace}`;
  const result = createSessionFold().result();
  const exit = { exitCode: 1, signal: null };
  expect(outcomeOf({ result, exit, stderr }, 'interrupted')).toBe('another writer');
});

test.each(recordedVersions.filter((version) => recordedScenarios(version).includes('interrupted')))(
  'a paused session of Codex %s ends as paused, unless it reached a result',
  (version) => {
    expect(outcome(version, 'interrupted', 'paused')).toBe('paused');
    expect(outcome(version, 'tools', 'paused')).toBe('completed');
    expect(outcome(version, 'usage-limit', 'paused')).toBe('usage limit');
  },
);
