// One line of session.log → one event (log-event.ts). Never throws and never trusts: fields are read one by one, and a
// line that fits nothing is kept as it is.
//
//   {"type":"item.completed","item":{"id":"item_3","type":"command_execution","command":"…","exit_code":3,…}}

import { readItem } from './item.ts';
import { jsonText, objectField, parsedObject, textField, type JsonObject } from '../json/json.ts';
import { holdsTooManyValues } from '../json/size.ts';
import { readLegacyEvent } from './legacy-event.ts';
import type { LogEvent } from './log-event.ts';
import { readRetry } from './retry.ts';
import { readRunnerEvent } from './runner-event.ts';
import { isThreadId } from '../task/task.ts';
import { readUsage } from './usage.ts';

/** How much of an unknown event is kept, in characters. */
const maxUnknownLength = 4000;

/** Reads one line of session.log. Total: every string is some event. */
export function readLogLine(line: string): LogEvent {
  const json = parsedObject(line);
  if (json === null) {
    return holdsTooManyValues(line)
      ? { type: 'unknown', name: '', json: `${line.slice(0, maxUnknownLength)}…` }
      : { type: 'noise', text: line };
  }
  return (
    readCodexEvent(json) ??
    readRunnerEvent(json) ??
    readLegacyEvent(json) ?? {
      type: 'unknown',
      name: textField(json, 'type') ?? '',
      json: jsonText(json, maxUnknownLength),
    }
  );
}

function readCodexEvent(json: JsonObject): LogEvent | null {
  const type = textField(json, 'type');
  switch (type) {
    case 'thread.started':
      return threadStarted(textField(json, 'thread_id'));
    // The name in a few versions before 0.44.
    case 'session.created':
      return threadStarted(textField(json, 'session_id'));
    case 'turn.started':
      return { type: 'turn-started' };
    case 'turn.completed': {
      const usage = objectField(json, 'usage');
      return { type: 'turn-completed', usage: usage === null ? null : readUsage(usage) };
    }
    case 'turn.failed':
      return { type: 'turn-failed', message: messageOf(objectField(json, 'error') ?? {}) };
    case 'error': {
      const message = messageOf(json);
      return readRetry(message) ?? { type: 'error', message };
    }
    case 'item.started':
      return readItem(json, 'started');
    case 'item.updated':
      return readItem(json, 'updated');
    case 'item.completed':
      return readItem(json, 'completed');
    case 'item.plan.delta':
      return { type: 'detail', name: type };
    default:
      return null;
  }
}

function threadStarted(threadId: string | null): LogEvent | null {
  return threadId !== null && isThreadId(threadId) ? { type: 'thread-started', threadId } : null;
}

function messageOf(json: JsonObject): string {
  return textField(json, 'message') ?? '';
}
