// Reads Codex's items: each is one command, patch or message. Ids restart in every process. The line of a
// web search has `id` twice (the item's, then the search's). JSON.parse keeps the last, in the start line as in
// the end line, so the two still match. Before 0.44 `type` was `item_type`.
//
//   {"item":{"id":"item_1","type":"file_change","changes":[{"path":"/p/a.ts","kind":"add"}],"status":"completed"}}

import type { FileChange, ItemBody, ItemStage, ItemStatus, LogEvent } from './log-event.ts';
import {
  field,
  isObject,
  jsonText,
  numberField,
  objectField,
  objectsField,
  textField,
  type JsonObject,
} from '../json/json.ts';

/** How much JSON is kept of arguments, answers and unknown items, in characters. */
const maxJsonLength = 20_000;

/** Longer than any list that a user reads. */
const maxListLength = 10_000;

/** Null when the line holds no item. */
export function readItem(json: JsonObject, stage: ItemStage): LogEvent | null {
  const item = objectField(json, 'item');
  if (item === null) return null;
  return { type: 'item', stage, id: itemId(textField(item, 'id')), body: readBody(item, stage) };
}

/** An id becomes part of a key and is never shown; a malformed one counts as missing. */
export function itemId(id: string | null): string {
  return id !== null && /^[\x21-\x7e]{1,128}$/.test(id) ? id : '';
}

function readBody(item: JsonObject, stage: ItemStage): ItemBody {
  const name = textField(item, 'type') ?? textField(item, 'item_type') ?? '';
  const status = statusOf(item, stage);
  switch (name) {
    case 'agent_message':
    case 'assistant_message':
      return { kind: 'message', text: text(item, 'text') };
    case 'reasoning':
      return { kind: 'reasoning', text: text(item, 'text') };
    case 'command_execution':
      return readCommand(item, status);
    case 'file_change':
      return { kind: 'file-changes', changes: readChanges(item), status };
    case 'mcp_tool_call':
      return {
        kind: 'tool-call',
        server: text(item, 'server'),
        tool: text(item, 'tool'),
        arguments: jsonText(field(item, 'arguments') ?? {}, maxJsonLength),
        answer: readAnswer(item),
        status,
      };
    case 'collab_tool_call':
      return {
        kind: 'sub-agent',
        tool: text(item, 'tool'),
        prompt: text(item, 'prompt'),
        states: readStates(item),
        status,
      };
    case 'web_search':
      return { kind: 'search', query: readQuery(item) };
    case 'todo_list':
      return {
        kind: 'to-dos',
        items: objectsField(item, 'items')
          .slice(0, maxListLength)
          .map((toDo) => ({
            text: text(toDo, 'text'),
            completed: field(toDo, 'completed') === true,
          })),
      };
    case 'error':
      return { kind: 'warning', message: text(item, 'message') };
    default:
      return { kind: 'unknown-item', name, json: jsonText(item, maxJsonLength) };
  }
}

function readCommand(item: JsonObject, status: ItemStatus): ItemBody {
  // Some versions before 0.44 wrote 0 while the command still ran.
  const exitCode = status === 'in progress' ? null : numberField(item, 'exit_code');
  return {
    kind: 'command',
    command: text(item, 'command'),
    output: text(item, 'aggregated_output'),
    exitCode,
    status: status === 'completed' && exitCode !== null && exitCode !== 0 ? 'failed' : status,
  };
}

function readChanges(item: JsonObject): readonly FileChange[] {
  return objectsField(item, 'changes')
    .slice(0, maxListLength)
    .map((change) => ({
      path: text(change, 'path'),
      change: changeKind(textField(change, 'kind')),
    }));
}

export function changeKind(name: string | null): FileChange['change'] {
  return name === 'add' || name === 'delete' ? name : 'update';
}

/** Null while the call runs. */
function readAnswer(item: JsonObject): string | null {
  const error = field(item, 'error');
  if (isObject(error)) return text(error, 'message');
  if (typeof error === 'string') return error;
  const result = objectField(item, 'result');
  return result === null ? null : answerText(result);
}

/** The texts of an MCP result; any other part (an image) is named by its type. */
export function answerText(result: JsonObject): string {
  const parts = objectsField(result, 'content')
    .slice(0, maxListLength)
    .map((part) => textField(part, 'text') ?? `[${textField(part, 'type') ?? 'unknown'}]`);
  const structured = field(result, 'structured_content') ?? null;
  return parts.length === 0 && structured !== null
    ? jsonText(structured, maxJsonLength)
    : parts.join('\n');
}

/** `pending init`, `completed: what it said`, one per line. Their ids mean nothing to a user. */
function readStates(item: JsonObject): string {
  return Object.values(objectField(item, 'agents_states') ?? {})
    .filter(isObject)
    .slice(0, maxListLength)
    .map((state) => {
      const word = text(state, 'status').replaceAll('_', ' ');
      const message = text(state, 'message');
      return message === '' ? word : `${word}: ${message}`;
    })
    .join('\n');
}

/** Opening a page is a search, too; it has an address instead of a query. */
function readQuery(item: JsonObject): string {
  const action = objectField(item, 'action') ?? {};
  return (
    [text(item, 'query'), text(action, 'query'), text(action, 'pattern'), text(action, 'url')].find(
      (query) => query !== '',
    ) ?? ''
  );
}

function statusOf(item: JsonObject, stage: ItemStage): ItemStatus {
  switch (textField(item, 'status')) {
    case 'completed':
      return 'completed';
    case 'failed':
      return 'failed';
    case 'declined':
      return 'declined';
    default:
      // `in_progress`, or none: some items have no status, so their stage decides.
      return stage === 'completed' ? 'completed' : 'in progress';
  }
}

function text(object: JsonObject, name: string): string {
  return textField(object, name) ?? '';
}
