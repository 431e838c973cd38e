// A snapshot of a task's state, read synchronously, for the rows `list-*`: waiting for each takes ten times the CPU.
// Writers use a StateDirectory, which reads the record through it.

import { existsSync } from 'node:fs';
import type { DirectoryIdentity, RunRecord } from '../../core/run/record.ts';
import { readSmallFileNow } from '../files/plain-file.ts';
import { archivedAt } from './files/archive-file.ts';
import { runRecordOf, stateLimit } from './state-files.ts';

export type StateSnapshot = {
  isThere(): boolean;
  /** Null if there is none, or none that is valid. Throws the system's error if it cannot be read. */
  readRecord(): RunRecord | null;
  /** The end of session.times as text, at least the last ten minutes; empty if it cannot be read. */
  readLastTimes(): string;
  /** session.files as text; empty if it cannot be read. */
  readFiles(): string;
  /** When the task in this directory was archived, epoch ms; null if it is not. */
  archivedAt(directory: () => DirectoryIdentity | null): number | null;
};

/** Enough for a note in each second of the last ten minutes. */
const lastTimesBytes = 32 * 1024;
const filesBytes = 512 * 1024;

/** `path`: the task's state directory. */
export function stateSnapshot(path: string): StateSnapshot {
  return {
    isThere: () => existsSync(path),
    readRecord: () => runRecordOf(readSmallFileNow(`${path}/run.json`, stateLimit)),
    readLastTimes: () => noteIn(`${path}/session.times`, { maxBytes: lastTimesBytes, from: 'end' }),
    readFiles: () => noteIn(`${path}/session.files`, { maxBytes: filesBytes }),
    archivedAt: (directory) => archivedAt(path, directory),
  };
}

/** Empty on any error: a row without these facts is better than no row. */
function noteIn(...[path, part]: Parameters<typeof readSmallFileNow>): string {
  try {
    return readSmallFileNow(path, part)?.text ?? '';
  } catch {
    return '';
  }
}
