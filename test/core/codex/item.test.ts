import { describe, expect, test } from 'vitest';
import type { ItemBody } from '../../../source/core/codex/log-event.ts';
import { readLogLine } from '../../../source/core/codex/read-line.ts';
import { bigLine } from '../../helpers/recordings.ts';

function bodyOf(item: Record<string, unknown>, type = 'item.completed'): ItemBody {
  const event = readLogLine(JSON.stringify({ type, item }));
  if (event.type !== 'item') throw new Error(`expected an item, got ${event.type}`);
  return event.body;
}

describe('items', () => {
  test.each<[Record<string, unknown>, ItemBody]>([
    [
      { type: 'agent_message', text: 'done' },
      { kind: 'message', text: 'done' },
    ],
    [
      { item_type: 'assistant_message', text: 'done' },
      { kind: 'message', text: 'done' },
    ],
    [
      { item_type: 'reasoning', text: 'hm' },
      { kind: 'reasoning', text: 'hm' },
    ],
    [
      {
        type: 'command_execution',
        command: 'ls',
        aggregated_output: 'a\n',
        exit_code: 0,
        status: 'completed',
      },
      { kind: 'command', command: 'ls', output: 'a\n', exitCode: 0, status: 'completed' },
    ],
    [
      { type: 'command_execution', command: 'ls', exit_code: null, status: 'declined' },
      { kind: 'command', command: 'ls', output: '', exitCode: null, status: 'declined' },
    ],
    [
      { type: 'command_execution', command: 'ls', exit_code: 3 },
      { kind: 'command', command: 'ls', output: '', exitCode: 3, status: 'failed' },
    ],
    [
      {
        type: 'file_change',
        changes: [
          { path: '/p/a', kind: 'add' },
          { path: '/p/b', kind: 'delete' },
          { path: '/p/c', kind: 'update' },
        ],
        status: 'completed',
      },
      {
        kind: 'file-changes',
        changes: [
          { path: '/p/a', change: 'add' },
          { path: '/p/b', change: 'delete' },
          { path: '/p/c', change: 'update' },
        ],
        status: 'completed',
      },
    ],
    [
      {
        type: 'mcp_tool_call',
        server: 'notes',
        tool: 'add_note',
        arguments: { text: 'hello', tags: [1, null] },
        result: {
          content: [{ type: 'text', text: 'noted' }, { type: 'image' }],
          structured_content: null,
        },
        error: null,
        status: 'completed',
      },
      {
        kind: 'tool-call',
        server: 'notes',
        tool: 'add_note',
        arguments: '{"text":"hello","tags":[1,null]}',
        answer: 'noted\n[image]',
        status: 'completed',
      },
    ],
    [
      {
        type: 'mcp_tool_call',
        server: 's',
        tool: 't',
        result: null,
        error: { message: 'gone' },
        status: 'failed',
      },
      {
        kind: 'tool-call',
        server: 's',
        tool: 't',
        arguments: '{}',
        answer: 'gone',
        status: 'failed',
      },
    ],
    [
      {
        type: 'mcp_tool_call',
        server: 's',
        tool: 't',
        result: { content: [], structured_content: { n: 1 } },
      },
      {
        kind: 'tool-call',
        server: 's',
        tool: 't',
        arguments: '{}',
        answer: '{"n":1}',
        status: 'completed',
      },
    ],
    [
      {
        type: 'collab_tool_call',
        tool: 'spawn_agent',
        prompt: 'a small job',
        agents_states: {
          x: { status: 'pending_init', message: null },
          y: { status: 'completed', message: 'ok' },
        },
        status: 'completed',
      },
      {
        kind: 'sub-agent',
        tool: 'spawn_agent',
        prompt: 'a small job',
        states: 'pending init\ncompleted: ok',
        status: 'completed',
      },
    ],
    [
      { type: 'web_search', query: 'q1' },
      { kind: 'search', query: 'q1' },
    ],
    [
      { type: 'web_search', query: '', action: { type: 'open_page', url: 'https://a.example' } },
      { kind: 'search', query: 'https://a.example' },
    ],
    [
      { type: 'todo_list', items: [{ text: 'a', completed: true }, { text: 'b' }, 'no to-do'] },
      {
        kind: 'to-dos',
        items: [
          { text: 'a', completed: true },
          { text: 'b', completed: false },
        ],
      },
    ],
    [
      { type: 'error', message: 'careful' },
      { kind: 'warning', message: 'careful' },
    ],
    [
      { type: 'hologram', size: 3 },
      { kind: 'unknown-item', name: 'hologram', json: '{"type":"hologram","size":3}' },
    ],
  ])('%j', (item, body) => {
    expect(bodyOf(item)).toEqual(body);
  });

  test('a running command has no exit code, whatever its line says', () => {
    const item = { type: 'command_execution', command: 'ls', exit_code: 0, status: 'in_progress' };
    expect(bodyOf(item, 'item.started')).toMatchObject({ exitCode: null, status: 'in progress' });
  });

  test('an item without a status gets it from its stage', () => {
    const item = { type: 'file_change', changes: [] };
    expect(bodyOf(item, 'item.started')).toHaveProperty('status', 'in progress');
    expect(bodyOf(item)).toHaveProperty('status', 'completed');
  });

  test('a line of more than 1 MiB is read like any other', () => {
    const event = readLogLine(bigLine());
    expect(event).toMatchObject({ type: 'item', body: { kind: 'command', exitCode: 0 } });
  });
});
