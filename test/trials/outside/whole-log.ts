// A task's whole log, checked against its laws: nothing torn, nothing lost, every session between its own start and
// end.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, textField, type JsonObject } from '../../../source/core/json/json.ts';

export type WholeLog = {
  task: string;
  sessions: readonly LoggedSession[];
  /** What checks said between the sessions, in order. */
  checks: readonly LoggedCheck[];
  /** Lines that are not a JSON object, with their line numbers. */
  torn: readonly string[];
  /** Breaches of the laws, one sentence each. */
  breaches: readonly string[];
};

export type LoggedCheck = { exitCode: number | null };

export type LoggedSession = {
  uuid: string;
  number: number;
  role: string;
  resumes: string | null;
  /** The time that the runner wrote, epoch ms. Its clock may have been set. */
  startedAt: number;
  endedAt: number | null;
  outcome: string | null;
  /** All of Codex's output between start and end. */
  events: readonly JsonObject[];
};

/**
 * `pieces` are parts that others took out of the log while it grew, oldest first; they count as part of it. A torn line
 * is a breach unless Codex was killed in that session (`mayTear`): then it was killed while writing.
 */
export async function readWholeLog(
  taskPath: string,
  { task, pieces = [], mayTear }: LogReading,
): Promise<WholeLog> {
  const last = await readFile(join(taskPath, 'session.log'), 'utf8').catch(() => '');
  const texts: string[] = [];
  for (const piece of pieces) texts.push(typeof piece === 'string' ? piece : await piece.read());
  const whole = [...texts, last].map(endedByNewline).join('');
  return judge(task, whole.split('\n'), { mayTear, isWhole: texts.length === 0 });
}

export type LogReading = {
  task: string;
  pieces?: readonly (string | { read(): Promise<string> })[];
  mayTear(uuid: string): boolean;
};

function endedByNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** `isWhole`: no piece was ever taken out of it. */
type Judging = Pick<LogReading, 'mayTear'> & { isWhole: boolean };

function judge(task: string, lines: readonly string[], { mayTear, isWhole }: Judging): WholeLog {
  const sessions: (LoggedSession & { events: JsonObject[] })[] = [];
  const checks: LoggedCheck[] = [];
  const torn: string[] = [];
  const breaches: string[] = [];
  const isOpen = (): boolean => sessions.length > 0 && sessions.at(-1)!.endedAt === null;
  lines.forEach((line, index) => {
    if (line === '') return;
    const where = `${task}, line ${index + 1}`;
    const json = parsed(line);
    const current = sessions.at(-1);
    if (json === null) {
      torn.push(`${where}: ${line.slice(0, 120)}`);
      if (current === undefined || !mayTear(current.uuid)) breaches.push(`${where} is torn`);
      return;
    }
    const type = textField(json, 'type') ?? '';
    const uuid = textField(json, 'uuid') ?? '';
    // If the start was taken away, the runner that adopted the session wrote it again.
    const isAgain = !isWhole && isOpen() && current?.uuid === uuid;
    if (type === 'autonomous.session.started' && isAgain) return;
    if (type === 'autonomous.session.started') {
      if (isOpen()) breaches.push(`${where}: a session starts while ${nameOf(current!)} is open`);
      if (sessions.some((one) => one.uuid === uuid))
        breaches.push(`${where}: ${uuid} starts twice`);
      sessions.push(sessionOf(json, uuid));
      const number = Number(json['session']);
      if (current !== undefined && number !== current.number + 1) {
        breaches.push(`${where}: session ${number} follows session ${current.number}`);
      }
    } else if (type === 'autonomous.session.ended') {
      if (current?.uuid !== uuid) breaches.push(`${where}: an end of ${uuid}, which is not open`);
      else if (!isOpen()) breaches.push(`${where}: ${nameOf(current)} ends twice`);
      else {
        current.endedAt = Date.parse(textField(json, 'at') ?? '');
        current.outcome = textField(json, 'outcome');
      }
    } else if (type === 'autonomous.check' && !isOpen()) {
      checks.push({ exitCode: typeof json['exitCode'] === 'number' ? json['exitCode'] : null });
    } else if (current === undefined || !isOpen()) {
      breaches.push(`${where}: ${type} is in no session`);
    } else {
      current.events.push(json);
    }
  });
  if (isOpen()) breaches.push(`${task}: ${nameOf(sessions.at(-1)!)} has no end`);
  return { task, sessions, checks, torn, breaches };
}

function sessionOf(json: JsonObject, uuid: string): LoggedSession & { events: JsonObject[] } {
  return {
    uuid,
    number: Number(json['session']),
    role: textField(json, 'role') ?? '',
    resumes: textField(json, 'resumes'),
    startedAt: Date.parse(textField(json, 'at') ?? ''),
    endedAt: null,
    outcome: null,
    events: [],
  };
}

/** Tools whose end is in the log. Codex writes it before it tells the model. */
export function completedTools({ events }: LoggedSession): number {
  return events.filter((event) => {
    const item = event['item'];
    if (textField(event, 'type') !== 'item.completed' || !isObject(item)) return false;
    return item['type'] === 'command_execution' || item['type'] === 'file_change';
  }).length;
}

function nameOf({ number }: { number: number }): string {
  return `session ${number}`;
}

function parsed(line: string): JsonObject | null {
  try {
    const json: unknown = JSON.parse(line);
    return isObject(json) ? json : null;
  } catch {
    return null;
  }
}
