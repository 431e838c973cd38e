// A task's state as one look finds it, read at once. For those who look at many tasks; whoever writes has a
// StateDirectory.

import type { RunRecord } from '../../core/run/record.ts';
import { readSmallFileNow } from '../files/plain-file.ts';
import { runRecordOf, stateLimit } from './state-files.ts';

export type StateGlance = {
  /** Throws what the system says where it can't be read; null for none, and for none that is whole. */
  readRecord(): RunRecord | null;
  /** The end of session.times as text, more than the last ten minutes; empty where it can't be read. */
  readLastTimes(): string;
  /** session.files as text; empty where it can't be read. */
  readFiles(): string;
};

/** Room for a note in each second of the last ten minutes. */
const lastTimesBytes = 32 * 1024;
const filesBytes = 512 * 1024;

/** `path`: the task's directory for state. */
export function glanceAtState(path: string): StateGlance {
  return {
    readRecord: () => runRecordOf(readSmallFileNow(`${path}/run.json`, stateLimit)),
    readLastTimes: () => noteIn(`${path}/session.times`, { maxBytes: lastTimesBytes, from: 'end' }),
    readFiles: () => noteIn(`${path}/session.files`, { maxBytes: filesBytes }),
  };
}

/** A row without what these say is worth more than none. */
function noteIn(...[path, part]: Parameters<typeof readSmallFileNow>): string {
  try {
    return readSmallFileNow(path, part)?.text ?? '';
  } catch {
    return '';
  }
}
