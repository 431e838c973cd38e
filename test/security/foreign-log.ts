// Lines of a session.log in which an attacker chose every text field.

import fc from 'fast-check';
import { otherThread, thread } from '../helpers/log-lines.ts';
import { hostileText } from './attacks.ts';

type LineOf = (text: string, id: string) => unknown;

const item =
  (stage: string, body: (text: string) => object): LineOf =>
  (text, id) => ({ type: `item.${stage}`, item: { id, ...body(text) } });

const old =
  (message: (text: string) => object): LineOf =>
  (text) => ({ id: '0', msg: message(text) });

/** One for each kind of line. */
export const foreignLines: readonly LineOf[] = [
  (text) => text,
  (text) => ({ type: text, [text]: text }),
  () => ({ type: 'thread.started', thread_id: thread }),
  (text) => ({ type: 'thread.started', thread_id: text }),
  (text) => ({ type: 'turn.failed', error: { message: text } }),
  (text) => ({ type: 'error', message: text }),
  (text) => ({ type: 'error', message: `Reconnecting... 1/5 (${text})` }),
  () => ({ type: 'turn.completed', usage: { input_tokens: 1000 } }),
  item('completed', (text) => ({ type: 'agent_message', text })),
  item('completed', (text) => ({ type: 'reasoning', text })),
  item('started', (command) => ({ type: 'command_execution', command, status: 'in_progress' })),
  item('completed', (text) => ({
    type: 'command_execution',
    command: `/bin/bash -lc '${text}'`,
    aggregated_output: text,
    exit_code: 1,
    status: text,
  })),
  item('completed', (path) => ({
    type: 'file_change',
    changes: [
      { path, kind: 'add' },
      { path: `/p/${path}`, kind: path },
    ],
    status: 'completed',
  })),
  item('completed', (text) => ({
    type: 'mcp_tool_call',
    server: text,
    tool: text,
    arguments: { [text]: text },
    result: { content: [{ type: 'text', text }, { type: text }] },
    status: 'completed',
  })),
  item('completed', (text) => ({ type: 'mcp_tool_call', error: { message: text } })),
  item('completed', (text) => ({
    type: 'collab_tool_call',
    tool: text,
    prompt: text,
    agents_states: { [text]: { status: text, message: text } },
  })),
  item('completed', (query) => ({ type: 'web_search', query, action: { url: query } })),
  item('updated', (text) => ({ type: 'todo_list', items: [{ text, completed: true }, { text }] })),
  item('completed', (message) => ({ type: 'error', message })),
  item('completed', (type) => ({ type, [type]: [type] })),
  (text) => ({
    type: 'autonomous.session.started',
    session: 4,
    uuid: 'u-4',
    role: 'executor',
    resumes: text,
  }),
  (text) => ({ type: 'autonomous.session.started', session: 4, uuid: text, role: 'executor' }),
  (text) => ({
    type: 'autonomous.session.ended',
    session: 4,
    uuid: 'u-4',
    outcome: text,
    signal: text,
  }),
  (text) => ({ type: 'autonomous.stderr', uuid: 'u-4', text }),
  old((text) => ({ type: 'agent_message', message: text })),
  old((text) => ({
    type: 'exec_command_begin',
    call_id: 'call_1',
    command: ['bash', '-lc', text],
  })),
  old((text) => ({
    type: 'exec_command_end',
    call_id: 'call_1',
    stdout: text,
    stderr: text,
    exit_code: 1,
  })),
  old((text) => ({
    type: 'patch_apply_begin',
    call_id: 'call_2',
    changes: { [text]: { update: {} } },
  })),
  old((text) => ({
    type: 'stream_error',
    message: `stream error: ${text}; retrying 1/5 in 800ms`,
  })),
  old((text) => ({ type: 'turn_aborted', reason: text })),
  old((text) => ({ type: 'plan_update', plan: [{ step: text, status: 'completed' }] })),
  old(() => ({ type: 'session_configured', session_id: otherThread })),
  old((text) => ({ type: text, [text]: text })),
];

/** Lines of a log: of any kinds, with any text in them. */
export const foreignLog: fc.Arbitrary<readonly string[]> = fc
  .array(fc.tuple(fc.nat(foreignLines.length - 1), hostileText), { minLength: 1, maxLength: 3 })
  .map((lines) =>
    lines.flatMap(([kind, text], index) => linesIn(foreignLines[kind]?.(text, `item_${index}`))),
  );

/** As in the file: text as it is, objects as JSON. */
export function linesIn(line: unknown): string[] {
  return (typeof line === 'string' ? line : JSON.stringify(line)).split('\n');
}
