import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../../../../source/core/codex/log-event.ts';
import { readLogLine } from '../../../../source/core/codex/read-line.ts';
import { kindOfLine, kindReach } from '../../../../source/core/log/lines/line-kind.ts';
import { lineKinds, type LineKind } from '../../../../source/core/log/lines/line-kinds.ts';
import { LineScanner } from '../../../../source/system/log/line-scanner.ts';
import { LineTable } from '../../../../source/system/log/line-table.ts';
import { commandCompleted, ended, started } from '../../../helpers/log-lines.ts';
import { recordedLines, recordedScenarios, recordedVersions } from '../../../helpers/recordings.ts';

function kindOf(line: string): LineKind {
  const bytes = Buffer.from(line);
  return kindOfLine(bytes, { start: 0, end: bytes.length });
}

/** The kind of the parsed line; null for a kind that the bytes do not distinguish. */
function kindOfEvent(event: LogEvent): LineKind | null {
  switch (event.type) {
    case 'item':
      switch (event.body.kind) {
        case 'message':
          return lineKinds.message;
        case 'reasoning':
          return lineKinds.reasoning;
        case 'command':
          return event.stage === 'completed' && event.body.status !== 'completed'
            ? lineKinds.failedCommand
            : lineKinds.command;
        case 'file-changes':
          return lineKinds.files;
        case 'tool-call':
        case 'sub-agent':
        case 'search':
          return lineKinds.tool;
        case 'to-dos':
          return lineKinds.toDos;
        case 'warning':
          return lineKinds.warning;
        case 'unknown-item':
          return null;
        default:
          return event.body satisfies never;
      }
    case 'thread-started':
    case 'session-started':
    case 'session-ended':
      return lineKinds.session;
    case 'turn-started':
    case 'turn-completed':
    case 'taken-over':
      return lineKinds.turn;
    case 'turn-failed':
    case 'error':
      return lineKinds.error;
    case 'retry':
      return lineKinds.retry;
    case 'stderr':
      return /^warning:/i.test(event.text) ? lineKinds.stderrWarning : lineKinds.stderr;
    case 'noise':
      return lineKinds.noise;
    case 'tokens-counted':
    case 'check':
    case 'told':
    case 'detail':
    case 'unknown':
      return null;
    default:
      return event satisfies never;
  }
}

describe('the kind of a line, from its ends', () => {
  test('equals that of the parsed line, in every recording', () => {
    let told = 0;
    for (const version of recordedVersions) {
      for (const scenario of recordedScenarios(version)) {
        for (const line of recordedLines(version, scenario)) {
          const [kind, parsed] = [kindOf(line), kindOfEvent(readLogLine(line))];
          if (kind === lineKinds.unsure || parsed === null) continue;
          expect(kind, line.slice(0, 300)).toBe(parsed);
          told++;
        }
      }
    }
    expect(told).toBeGreaterThan(100);
  });

  test('is known for everything that Codex and the runner write', () => {
    for (const line of [
      started(1),
      ended(1),
      { type: 'autonomous.stderr', uuid: 'u', text: 't' },
      { type: 'turn.started' },
      { type: 'error', message: 'Reconnecting... 1/5 (stream disconnected)' },
      { type: 'error', message: 'Quota exceeded' },
      { type: 'turn.failed', error: { message: 'm' } },
      commandCompleted('item_1', { exit_code: 3, status: 'failed' }),
      commandCompleted('item_1', { exit_code: 12, status: 'completed' }),
      commandCompleted('item_1', { exit_code: null, status: 'declined' }),
    ]) {
      const text = JSON.stringify(line);
      expect(kindOf(text), text).toBe(kindOfEvent(readLogLine(text)));
    }
  });

  test('is known for what Codex up to 0.42 wrote, except for how a command ended', () => {
    const old = (type: string, more: object = {}) =>
      JSON.stringify({ id: '0', msg: { type, ...more } });
    for (const line of [
      old('session_configured', { session_id: '01a2023d-ceff-78c1-8e86-de96f121a1f2' }),
      old('task_started'),
      old('agent_message', { message: 'm' }),
      old('agent_reasoning', { text: 't' }),
      old('exec_command_begin', { call_id: 'c', command: ['ls'] }),
      old('patch_apply_begin', { call_id: 'c', changes: {} }),
      old('patch_apply_end', { call_id: 'c', success: false }),
      old('mcp_tool_call_begin', { call_id: 'c' }),
      old('mcp_tool_call_end', { call_id: 'c' }),
      old('web_search_begin', { call_id: 'c' }),
      old('web_search_end', { call_id: 'c', query: 'q' }),
      old('plan_update', { plan: [] }),
      old('error', { message: 'm' }),
      old('stream_error', { message: 'stream error: cut; retrying 1/5' }),
      old('turn_aborted', { reason: 'interrupted' }),
      old('task_complete'),
    ]) {
      expect(kindOf(line), line).toBe(kindOfEvent(readLogLine(line)));
    }
    expect(kindOf(old('exec_command_end', { exit_code: 1 }))).toBe(lineKinds.commandOver);
    expect(kindOf(old('turn_diff', { unified_diff: 'd' }))).toBe(lineKinds.detail);
    expect(kindOf(old('toString'))).toBe(lineKinds.unsure);
  });

  test('is the same in whatever chunks the line arrives', () => {
    const lines = fc.array(
      fc.oneof(
        fc.string(),
        fc.nat(2000).map((length) =>
          JSON.stringify(
            commandCompleted('item_1', {
              aggregated_output: 'x'.repeat(length),
              exit_code: length % 3,
              status: length % 3 === 0 ? 'completed' : 'failed',
            }),
          ),
        ),
      ),
    );
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 700 }), (some, portion) => {
        const texts = some.map((line) => line.replaceAll('\n', ' '));
        const bytes = Buffer.from(texts.map((line) => `${line}\n`).join(''));
        const table = new LineTable();
        const scanner = new LineScanner();
        for (let at = 0; at < bytes.length; at += portion) {
          const fresh = bytes.subarray(at, at + portion);
          scanner.push(Buffer.concat([scanner.before, fresh]), table);
        }
        expect(texts.map((_, line) => table.kindAt(line))).toEqual(texts.map(kindOf));
      }),
    );
  });

  test('never reads beyond the two kept ends of a long line', () => {
    const long = JSON.stringify(
      commandCompleted('item_1', {
        aggregated_output: 'y'.repeat(5000),
        exit_code: 1,
        status: 'failed',
      }),
    );
    const ends = long.slice(0, kindReach.first) + long.slice(-kindReach.last);
    expect(kindOf(ends)).toBe(kindOf(long));
  });
});
