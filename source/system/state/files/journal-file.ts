// What the task's runners saw happen, for the report, in its state directory:
//
//   journal.jsonl

import { lstatSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { journalText, readJournal } from '../../../core/report/journal.ts';
import type { JournalLine } from '../../../core/report/journal-line.ts';
import { readSmallFileNow } from '../../files/plain-file.ts';
import { later } from '../later.ts';

export type JournalFile = {
  noteJournal(line: JournalLine): Promise<void>;
  /** Empty if there is none. Of a long one its end: of the sessions before that, nothing is known. */
  readJournal(maxBytes?: number): Promise<readonly JournalLine[]>;
  restartJournal(): Promise<void>;
};

const name = 'journal.jsonl';

/** `state`: the task's state directory. Null if it has no journal. */
export function journalChangedAt(state: string): number | null {
  try {
    return lstatSync(`${state}/${name}`, { throwIfNoEntry: false })?.mtimeMs ?? null;
  } catch {
    return null;
  }
}

/** About twenty thousand sessions. */
const mostBytes = 16 * 1024 * 1024;

export function journalFile(path: string): JournalFile {
  const file = join(path, name);
  /** A full disk may have torn the last line. */
  let mayBeTorn = false;
  return {
    noteJournal: async (line) => {
      const begins = mayBeTorn ? '\n' : '';
      mayBeTorn = true;
      await appendFile(file, begins + journalText(line), { mode: 0o600 });
      mayBeTorn = false;
    },
    readJournal: async (maxBytes = mostBytes) => {
      const found = await later(() => readSmallFileNow(file, { maxBytes, from: 'end' }));
      return readJournal(found?.text ?? '');
    },
    restartJournal: () => rm(file, { force: true }),
  };
}
