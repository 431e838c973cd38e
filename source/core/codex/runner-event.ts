// The lines that the runner itself adds to session.log, distinguished from Codex's by `autonomous.`. They are claims,
// like everything in that file: any process that can write it can write these.
//
//   {"type":"autonomous.session.started","session":4,"uuid":"…","role":"executor","at":"2026-01-29T12:03:40.123Z"}

import { checkOutcomes, type CheckOutcome } from '../check/check.ts';
import type { LogEvent } from './log-event.ts';
import {
  countField,
  field,
  listField,
  numberField,
  textField,
  timeField,
  type JsonObject,
} from '../json/json.ts';
import { readTakenOver } from '../take-over/log-line.ts';
import { isThreadId, roles, type Role } from '../task/task.ts';

/** Null when the line is not the runner's, or not as the runner writes it. */
export function readRunnerEvent(json: JsonObject): LogEvent | null {
  switch (textField(json, 'type')) {
    case 'autonomous.session.started':
      return readStarted(json);
    case 'autonomous.session.ended':
      return readEnded(json);
    case 'autonomous.stderr':
      return {
        type: 'stderr',
        uuid: uuidOf(json) ?? '',
        text: textField(json, 'text') ?? '',
      };
    case 'autonomous.check':
      return readCheck(json);
    case 'autonomous.log.broken':
      return { type: 'item', stage: 'completed', id: '', body: brokenBody };
    case 'autonomous.log.hole':
      return readHole(json);
    case 'autonomous.guard':
      return readGuard(json);
    case 'autonomous.told':
      return readTold(json);
    case 'autonomous.taken-over':
      return readTakenOver(json);
    default:
      return null;
  }
}

const brokenBody = {
  kind: 'warning',
  message: 'Another process changed session.log: what it lacked of the session follows here.',
} as const;

/** In the mirror of a log: `{"type":"autonomous.log.hole","bytes":4711,"machine":"machine-b"}` */
function readHole(json: JsonObject): LogEvent | null {
  const bytes = countField(json, 'bytes');
  const machine = textField(json, 'machine');
  if (bytes === null || machine === null) return null;
  const message = `${bytes} bytes of the log on ${machine} are missing here: the hub does not have them.`;
  return { type: 'item', stage: 'completed', id: '', body: { kind: 'warning', message } };
}

/** `{"type":"autonomous.guard","session":4,…,"lines":["Step 2 is back in the list: \"Add pagination\""]}` */
function readGuard(json: JsonObject): LogEvent | null {
  const session = countField(json, 'session');
  const lines = listField(json, 'lines').filter((line) => typeof line === 'string');
  if (session === null || lines.length === 0) return null;
  const message = [`The task list after session ${session}:`, ...lines].join('\n');
  return { type: 'item', stage: 'completed', id: '', body: { kind: 'warning', message } };
}

/** `{"type":"autonomous.told","session":5,…,"texts":["Use PostgreSQL"]}` */
function readTold(json: JsonObject): LogEvent | null {
  const session = countField(json, 'session');
  const texts = listField(json, 'texts').filter((text) => typeof text === 'string');
  if (session === null || texts.length === 0) return null;
  return { type: 'told', session, at: timeField(json, 'at'), texts };
}

function readStarted(json: JsonObject): LogEvent | null {
  const session = countField(json, 'session');
  const uuid = uuidOf(json);
  const role = roleOf(json);
  if (session === null || uuid === null || role === null) return null;
  const resumes = textField(json, 'resumes');
  return {
    type: 'session-started',
    session,
    uuid,
    role,
    at: timeField(json, 'at'),
    resumes: resumes !== null && isThreadId(resumes) ? resumes : null,
  };
}

function readEnded(json: JsonObject): LogEvent | null {
  const session = countField(json, 'session');
  const uuid = uuidOf(json);
  if (session === null || uuid === null) return null;
  return {
    type: 'session-ended',
    session,
    uuid,
    at: timeField(json, 'at'),
    exitCode: numberField(json, 'exitCode'),
    signal: textField(json, 'signal'),
    outcome: textField(json, 'outcome') ?? '',
  };
}

function readCheck(json: JsonObject): LogEvent | null {
  const session = countField(json, 'session');
  const command = textField(json, 'command');
  if (session === null || command === null) return null;
  const exitCode = numberField(json, 'exitCode');
  return {
    type: 'check',
    session,
    at: timeField(json, 'at'),
    command,
    outcome: outcomeOf(json) ?? (exitCode === 0 ? 'passed' : 'failed'),
    exitCode,
    durationMs: Math.max(0, numberField(json, 'durationMs') ?? 0),
    touched: listField(json, 'touched').filter((one) => typeof one === 'string'),
    tail: textField(json, 'tail') ?? '',
  };
}

function outcomeOf(json: JsonObject): CheckOutcome | null {
  return checkOutcomes.find((outcome) => outcome === field(json, 'outcome')) ?? null;
}

function uuidOf(json: JsonObject): string | null {
  const uuid = textField(json, 'uuid');
  return uuid !== null && /^[0-9A-Za-z-]{1,64}$/.test(uuid) ? uuid : null;
}

function roleOf(json: JsonObject): Role | null {
  return roles.find((role) => role === textField(json, 'role')) ?? null;
}
