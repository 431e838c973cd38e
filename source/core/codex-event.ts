// One line of session.log → one event. The log holds Codex's events, the runner's own
// (`autonomous.*`), and, in logs of the old shell runner, Codex's stderr mixed in between.
// Never throws and never trusts: fields are read one by one, and an unknown line is kept as it is.
//
//   {"type":"item.completed","item":{"id":"item_3","type":"command_execution","command":"…","exit_code":3,…}}

import { readItem } from './codex-item.ts';
import { jsonText, objectField, parsedObject, textField, type JsonObject } from './json.ts';
import { holdsTooManyValues } from './json-size.ts';
import { readOldEvent } from './old-codex-event.ts';
import { readRetry } from './retry.ts';
import { readRunnerEvent } from './runner-event.ts';
import { isThreadId, type Role } from './task.ts';
import { readUsage } from './usage.ts';

/** Tokens as Codex counts them: totals of the whole thread, not of the session. */
export type Usage = {
  inputTokens: number;
  /** Part of inputTokens. */
  cachedInputTokens: number;
  outputTokens: number;
  /** Part of outputTokens. */
  reasoningTokens: number;
};

export type ItemStatus = 'in progress' | 'completed' | 'failed' | 'declined';

export type ItemStage = 'started' | 'updated' | 'completed';

export type FileChange = { path: string; change: 'add' | 'delete' | 'update' };

export type ToDo = { text: string; completed: boolean };

/** Old versions repeat nothing from the start in an item's end: those fields are empty, and the fold fills them in. */
export type ItemBody =
  | { kind: 'message'; text: string }
  | { kind: 'reasoning'; text: string }
  | {
      kind: 'command';
      command: string;
      output: string;
      exitCode: number | null;
      status: ItemStatus;
    }
  | { kind: 'file-changes'; changes: readonly FileChange[]; status: ItemStatus }
  | {
      kind: 'tool-call';
      server: string;
      tool: string;
      /** JSON text of the arguments. */
      arguments: string;
      /** Text of the result or of the error, null while it runs. */
      answer: string | null;
      status: ItemStatus;
    }
  | { kind: 'sub-agent'; tool: string; prompt: string; states: string; status: ItemStatus }
  | { kind: 'search'; query: string }
  | { kind: 'to-dos'; items: readonly ToDo[] }
  /** Codex's `error` item: a warning, not a failure. */
  | { kind: 'warning'; message: string }
  | { kind: 'unknown-item'; name: string; json: string };

/** How a session ended, as the runner recorded it. */
export type SessionEnded = {
  type: 'session-ended';
  session: number;
  uuid: string;
  at: number | null;
  exitCode: number | null;
  signal: string | null;
  outcome: string;
};

/**
 * What a line says. All its text is RAW and chosen by whatever wrote the log, names of unknown events included:
 * code that keeps or shows it must pass it through clean() first, as entries.ts and session.ts do.
 * Only `threadId`, `uuid` and `id` are checked against a grammar.
 */
export type LogEvent =
  | { type: 'thread-started'; threadId: string }
  | { type: 'turn-started' }
  /** Usage is null when the line has none (versions up to 0.42). */
  | { type: 'turn-completed'; usage: Usage | null }
  | { type: 'turn-failed'; message: string }
  /** Versions up to 0.42 report tokens while the turn runs, and not at its end. */
  | { type: 'tokens-counted'; totals: Usage }
  /** An empty id matches no other line: this line is the whole item. */
  | { type: 'item'; stage: ItemStage; id: string; body: ItemBody }
  /** `Reconnecting... 3/5 (stream disconnected …)`: Codex retries by itself. */
  | { type: 'retry'; attempt: number | null; of: number | null; reason: string }
  /** A top-level error that is not a retry; a turn.failed that follows it decides. */
  | { type: 'error'; message: string }
  | {
      type: 'session-started';
      session: number;
      uuid: string;
      role: Role;
      /** Epoch ms. */
      at: number | null;
      resumes: string | null;
    }
  | SessionEnded
  /** A line of Codex's stderr, copied by the runner after the session. */
  | { type: 'stderr'; uuid: string; text: string }
  /** Known but not shown: a piece of something that comes whole in a later line. */
  | { type: 'detail'; name: string }
  /** Not JSON: stderr mixed in by the old shell runner, or a line from another program. */
  | { type: 'noise'; text: string }
  | { type: 'unknown'; name: string; json: string };

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
    readOldEvent(json) ?? {
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
