// Where the state of a task is kept and how its files are interpreted, the same for every reader.

import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { parsedObject, type JsonObject } from '../../core/json/json.ts';
import type { RunRecord } from '../../core/run/record.ts';
import { readRunRecord } from '../../core/run/record-reader.ts';
import type { SmallFile } from '../files/plain-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export const stateLimit = { maxBytes: 256 * 1024 };

/** Where all state is kept. A relative XDG_STATE_HOME is ignored, as XDG requires. */
export function stateHome(environment: Environment): string {
  const home = environment['XDG_STATE_HOME'];
  const base = home !== undefined && isAbsolute(home) ? home : join(homedir(), '.local', 'state');
  return join(base, 'autonomous-tui');
}

/** By project: the dashboard of all projects asks for each in turn. */
const keys = new Map<string, string>();

/** `project` is its real path, so that two paths to one project share its state. */
export function statePath(home: string, project: string, task: string): string {
  let key = keys.get(project);
  if (key === undefined) keys.set(project, (key = pathKey(project)));
  return join(home, key, task);
}

/** What a real path is called where all paths must lie beside each other: 16 hex digits of its SHA-256. */
export function pathKey(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}

/** A UUID that belongs to a state directory: the same for each runner of its task. */
export function markerOf(path: string): string {
  const hex = createHash('sha256').update(`marker of ${path}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-');
}

/** Ignores a file that another user owns: a record says what may be signalled, and with which rights. */
export function stateJsonOf(file: SmallFile | null): JsonObject | null {
  if (file === null || file.truncated || file.stat.uid !== process.geteuid?.()) return null;
  return parsedObject(file.text);
}

export function runRecordOf(file: SmallFile | null): RunRecord | null {
  return readRunRecord(stateJsonOf(file));
}
