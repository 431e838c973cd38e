// Codex up to 0.42 wrote every message of its protocol as it came, in an envelope; logs of the old shell runner
// may hold these. A beginning and its end share a call id, and the end does not repeat what the beginning
// said. Messages have no id of their own: the envelope's id is that of the whole turn.
//
//   {"id":"0","msg":{"type":"exec_command_begin","call_id":"call_1","command":["bash","-lc","ls"],"cwd":"/p"}}

import type { FileChange, ItemBody, ItemStage, LogEvent } from './log-event.ts';
import { answerText, changeKind, itemId } from './item.ts';
import {
  field,
  isObject,
  jsonText,
  listField,
  numberField,
  objectField,
  objectsField,
  textField,
  type JsonObject,
} from '../json/json.ts';
import { readLegacyRetry } from './retry.ts';
import { quotedCommand } from '../text/shell-command.ts';
import { isThreadId } from '../task/task.ts';
import { readUsage } from './usage.ts';

const maxJsonLength = 20_000;
const maxListLength = 10_000;

/** Pieces of what comes whole in another line, and Codex's internal events. */
const details = new Set([
  'agent_message_delta',
  'agent_reasoning_delta',
  'agent_reasoning_raw_content',
  'agent_reasoning_raw_content_delta',
  'agent_reasoning_section_break',
  'background_event',
  'exec_command_output_delta',
  'shutdown_complete',
  'turn_diff',
  'user_message',
]);

/** Null when the line is not an envelope, or holds an unknown message. */
export function readLegacyEvent(json: JsonObject): LogEvent | null {
  const message = objectField(json, 'msg');
  const name = message === null ? null : textField(message, 'type');
  if (message === null || name === null) return null;
  return readTurn(message, name) ?? readWork(message, name) ?? readDetail(name);
}

function readTurn(message: JsonObject, name: string): LogEvent | null {
  switch (name) {
    case 'session_configured': {
      const threadId = text(message, 'session_id');
      return isThreadId(threadId) ? { type: 'thread-started', threadId } : null;
    }
    case 'task_started':
      return { type: 'turn-started' };
    case 'task_complete':
      return { type: 'turn-completed', usage: null };
    case 'turn_aborted':
      return { type: 'turn-failed', message: `turn aborted: ${text(message, 'reason')}` };
    case 'error':
      return { type: 'error', message: text(message, 'message') };
    case 'stream_error':
      return readLegacyRetry(text(message, 'message'));
    case 'token_count': {
      // Without `info` it covers one request, or only the limits: no totals either way.
      const totals = objectField(objectField(message, 'info') ?? {}, 'total_token_usage');
      return totals === null
        ? { type: 'detail', name }
        : { type: 'tokens-counted', totals: readUsage(totals) };
    }
    default:
      return null;
  }
}

function readWork(message: JsonObject, name: string): LogEvent | null {
  const id = itemId(textField(message, 'call_id'));
  switch (name) {
    case 'agent_message':
      return item('completed', '', { kind: 'message', text: text(message, 'message') });
    case 'agent_reasoning':
      return item('completed', '', { kind: 'reasoning', text: text(message, 'text') });
    case 'exec_command_begin':
      return item('started', id, {
        kind: 'command',
        command: commandOf(message),
        output: '',
        exitCode: null,
        status: 'in progress',
      });
    case 'exec_command_end':
      return item('completed', id, commandEnd(message));
    case 'patch_apply_begin':
      return item('started', id, {
        kind: 'file-changes',
        changes: changesOf(message),
        status: 'in progress',
      });
    case 'patch_apply_end': {
      const status = field(message, 'success') === false ? 'failed' : 'completed';
      return item('completed', id, { kind: 'file-changes', changes: changesOf(message), status });
    }
    case 'mcp_tool_call_begin':
      return item('started', id, toolCall(message));
    case 'mcp_tool_call_end':
      return item('completed', id, toolCall(message));
    case 'web_search_begin':
    case 'web_search_end': {
      const stage = name === 'web_search_end' ? 'completed' : 'started';
      return item(stage, id, { kind: 'search', query: text(message, 'query') });
    }
    case 'plan_update':
      // One plan per session, repeated at each change.
      return item('updated', 'plan', { kind: 'to-dos', items: planOf(message) });
    default:
      return null;
  }
}

function readDetail(name: string): LogEvent | null {
  return details.has(name) ? { type: 'detail', name } : null;
}

function item(stage: ItemStage, id: string, body: ItemBody): LogEvent {
  return { type: 'item', stage, id, body };
}

function commandOf(message: JsonObject): string {
  const words = listField(message, 'command').filter((word) => typeof word === 'string');
  return words.length > 0 ? quotedCommand(words) : text(message, 'command');
}

function commandEnd(message: JsonObject): ItemBody {
  const exitCode = numberField(message, 'exit_code');
  const output =
    textField(message, 'aggregated_output') ?? text(message, 'stdout') + text(message, 'stderr');
  return {
    kind: 'command',
    command: commandOf(message),
    output,
    exitCode,
    status: exitCode === 0 ? 'completed' : 'failed',
  };
}

/** `{"/p/a.ts":{"update":{…}}}`, in later versions `{"/p/a.ts":{"type":"update",…}}`. */
function changesOf(message: JsonObject): readonly FileChange[] {
  return Object.entries(objectField(message, 'changes') ?? {})
    .slice(0, maxListLength)
    .map(([path, change]) => {
      const kind = isObject(change)
        ? (textField(change, 'type') ?? Object.keys(change)[0] ?? null)
        : null;
      return { path, change: changeKind(kind) };
    });
}

/** `"invocation":{"server","tool","arguments"}`, and at the end `"result":{"Ok":{…}}` or `{"Err":"…"}`. */
function toolCall(message: JsonObject): ItemBody {
  const invocation = objectField(message, 'invocation') ?? {};
  const result = objectField(message, 'result');
  const ok = result === null ? null : objectField(result, 'Ok');
  const failed = result !== null && (ok === null || field(ok, 'is_error') === true);
  return {
    kind: 'tool-call',
    server: text(invocation, 'server'),
    tool: text(invocation, 'tool'),
    arguments: jsonText(field(invocation, 'arguments') ?? {}, maxJsonLength),
    answer: ok !== null ? answerText(ok) : result !== null ? text(result, 'Err') : null,
    status: result === null ? 'in progress' : failed ? 'failed' : 'completed',
  };
}

function planOf(message: JsonObject): readonly { text: string; completed: boolean }[] {
  return objectsField(message, 'plan')
    .slice(0, maxListLength)
    .map((step) => ({
      text: text(step, 'step'),
      completed: textField(step, 'status') === 'completed',
    }));
}

function text(object: JsonObject, name: string): string {
  return textField(object, name) ?? '';
}
