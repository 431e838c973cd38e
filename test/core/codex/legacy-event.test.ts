import { describe, expect, test } from 'vitest';
import { readLogLine } from '../../../source/core/codex/read-line.ts';

const threadId = '67e55044-10b1-426f-9247-bb680e5fe0c8';

function readMessage(message: unknown) {
  return readLogLine(JSON.stringify({ id: '0', msg: message }));
}

describe('events of Codex up to 0.42', () => {
  test.each([
    [
      { type: 'session_configured', session_id: threadId, model: 'm' },
      { type: 'thread-started', threadId },
    ],
    [{ type: 'task_started' }, { type: 'turn-started' }],
    [
      { type: 'task_complete', last_agent_message: 'done' },
      { type: 'turn-completed', usage: null },
    ],
    [
      { type: 'turn_aborted', reason: 'interrupted' },
      { type: 'turn-failed', message: 'turn aborted: interrupted' },
    ],
    [
      { type: 'error', message: 'no' },
      { type: 'error', message: 'no' },
    ],
    [
      { type: 'stream_error', message: 'stream error: cut; retrying 2/5 in 380ms…' },
      { type: 'retry', attempt: 2, of: 5, reason: 'cut' },
    ],
    [
      { type: 'token_count', info: { total_token_usage: { input_tokens: 9, output_tokens: 2 } } },
      {
        type: 'tokens-counted',
        totals: { inputTokens: 9, cachedInputTokens: 0, outputTokens: 2, reasoningTokens: 0 },
      },
    ],
    [
      { type: 'token_count', info: null },
      { type: 'detail', name: 'token_count' },
    ],
    [
      { type: 'agent_message_delta', delta: 'x' },
      { type: 'detail', name: 'agent_message_delta' },
    ],
  ])('%j', (message, event) => {
    expect(readMessage(message)).toEqual(event);
  });

  test.each([
    [
      { type: 'agent_message', message: 'done' },
      { stage: 'completed', id: '', body: { kind: 'message', text: 'done' } },
    ],
    [
      { type: 'agent_reasoning', text: 'hm' },
      { stage: 'completed', id: '', body: { kind: 'reasoning', text: 'hm' } },
    ],
    [
      {
        type: 'exec_command_begin',
        call_id: 'call_1',
        command: ['bash', '-lc', "echo 'a b'"],
        cwd: '/p',
      },
      {
        stage: 'started',
        id: 'call_1',
        body: {
          kind: 'command',
          command: String.raw`bash -lc 'echo '\''a b'\'''`,
          output: '',
          exitCode: null,
          status: 'in progress',
        },
      },
    ],
    [
      { type: 'exec_command_end', call_id: 'call_1', stdout: 'a\n', stderr: 'b\n', exit_code: 1 },
      {
        stage: 'completed',
        id: 'call_1',
        body: { kind: 'command', command: '', output: 'a\nb\n', exitCode: 1, status: 'failed' },
      },
    ],
    [
      {
        type: 'patch_apply_begin',
        call_id: 'call_2',
        changes: { '/p/a': { update: { unified_diff: '' } }, '/p/b': { type: 'add', content: '' } },
      },
      {
        stage: 'started',
        id: 'call_2',
        body: {
          kind: 'file-changes',
          changes: [
            { path: '/p/a', change: 'update' },
            { path: '/p/b', change: 'add' },
          ],
          status: 'in progress',
        },
      },
    ],
    [
      { type: 'patch_apply_end', call_id: 'call_2', success: false },
      {
        stage: 'completed',
        id: 'call_2',
        body: { kind: 'file-changes', changes: [], status: 'failed' },
      },
    ],
    [
      {
        type: 'mcp_tool_call_end',
        call_id: 'call_3',
        invocation: { server: 's', tool: 't', arguments: { n: 1 } },
        result: { Ok: { content: [{ type: 'text', text: 'yes' }], is_error: false } },
      },
      {
        stage: 'completed',
        id: 'call_3',
        body: {
          kind: 'tool-call',
          server: 's',
          tool: 't',
          arguments: '{"n":1}',
          answer: 'yes',
          status: 'completed',
        },
      },
    ],
    [
      { type: 'mcp_tool_call_end', call_id: 'call_3', result: { Err: 'gone' } },
      { stage: 'completed', id: 'call_3', body: { answer: 'gone', status: 'failed' } },
    ],
    [
      { type: 'web_search_end', call_id: 'ws_1', query: 'q' },
      { stage: 'completed', id: 'ws_1', body: { kind: 'search', query: 'q' } },
    ],
    [
      {
        type: 'plan_update',
        plan: [
          { step: 'a', status: 'completed' },
          { step: 'b', status: 'pending' },
        ],
      },
      {
        stage: 'updated',
        id: 'plan',
        body: {
          kind: 'to-dos',
          items: [
            { text: 'a', completed: true },
            { text: 'b', completed: false },
          ],
        },
      },
    ],
  ])('%j is an item', (message, item) => {
    expect(readMessage(message)).toMatchObject({ type: 'item', ...item });
  });

  test('an envelope with an unknown message is unknown', () => {
    for (const message of [{ type: 'telepathy' }, { type: 7 }, {}, [], null, 'x']) {
      expect(readMessage(message)).toHaveProperty('type', 'unknown');
    }
  });
});
