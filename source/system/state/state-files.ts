// Where the state of a task lies and what its files are taken for, whoever reads them.

import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { parsedObject, type JsonObject } from '../../core/json/json.ts';
import type { RunRecord } from '../../core/run/record.ts';
import { readRunRecord } from '../../core/run/record-reader.ts';
import { sha256Hex } from '../../core/text/sha256.ts';
import type { SmallFile } from '../files/plain-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export const stateLimit = { maxBytes: 256 * 1024 };

/** Where all state lies. XDG says that a relative XDG_STATE_HOME counts as none. */
export function stateHome(environment: Environment): string {
  const home = environment['XDG_STATE_HOME'];
  const base = home !== undefined && isAbsolute(home) ? home : join(homedir(), '.local', 'state');
  return join(base, 'autonomous-tui');
}

let known: { project: string; key: string } | null = null;

/** `project` is its real path: two ways to one project share one state. */
export function statePath(home: string, project: string, task: string): string {
  if (known?.project !== project) known = { project, key: sha256Hex(project).slice(0, 16) };
  return join(home, known.key, task);
}

/** A file that another user left there is none: a record says what may be signalled, and with which rights. */
export function stateJsonOf(file: SmallFile | null): JsonObject | null {
  if (file === null || file.truncated || file.stat.uid !== process.geteuid?.()) return null;
  return parsedObject(file.text);
}

export function runRecordOf(file: SmallFile | null): RunRecord | null {
  return readRunRecord(stateJsonOf(file));
}
