// The log of one task as entries, growing while one looks. The first version holds the log's end.

import { createEntries } from '../core/entries.ts';
import type { Entry } from '../core/entry.ts';
import { readLogLine } from '../core/codex-event.ts';
import { readTimeNotes, timeOf, type TimeNote } from '../core/log-times.ts';
import { said } from '../core/said.ts';
import type { Clock } from '../system/clock.ts';
import type { LogTail, TailOptions } from '../system/log-tail.ts';
import { createNotice } from './store.ts';

export type LogFeedDoors = {
  clock: Clock;
  project: string;
  logPath: string;
  directoryPath: string;
  tailLog(path: string, options: TailOptions): LogTail;
  readTimes(): Promise<string>;
  watchDirectory(path: string, onHint: () => void): { close(): void };
};

export type LogFeed = {
  entries(): readonly Entry[];
  version(): number;
  /** Why the log can't be read, one sentence; null when it can. */
  problem(): string | null;
  subscribe(listener: () => void): () => void;
  close(): void;
};

const lastBytes = 2 * 1024 * 1024;
const lookEveryMs = 500;

export function followLog(doors: LogFeedDoors): LogFeed {
  const entries = createEntries({ projectPath: doors.project });
  const notice = createNotice(doors.clock);
  const tail = doors.tailLog(doors.logPath, { from: { lastBytes } });
  let notes: readonly TimeNote[] = [];
  let isCaughtUp = false;
  let isReading = false;
  let mustReadAgain = false;
  let isClosed = false;
  let problem: string | null = null;

  async function readOn(): Promise<void> {
    if (isClosed) return;
    if (isReading) {
      mustReadAgain = true;
      return;
    }
    isReading = true;
    do {
      mustReadAgain = false;
      const before = problem;
      try {
        await readToEnd();
        problem = null;
      } catch (error) {
        problem = `The log can't be read: ${said(error)}`;
      }
      if (problem !== before) notice.due();
    } while (mustReadAgain && !isClosed);
    isReading = false;
  }

  async function readToEnd(): Promise<void> {
    if (!isCaughtUp) notes = readTimeNotes(await doors.readTimes());
    for (;;) {
      const batch = await tail.read();
      if (isClosed) return;
      if (batch.reset !== 'none') entries.clear();
      for (const line of batch.lines) {
        // What comes while one looks has just been written.
        const at = isCaughtUp ? doors.clock.now() : timeOf(notes, line.offset);
        const event =
          line.text === null
            ? { type: 'noise' as const, text: `a line of ${line.bytes} bytes, too long to read` }
            : readLogLine(line.text);
        entries.push(event, { offset: line.offset, at });
      }
      if (batch.lines.length > 0 || batch.reset !== 'none') notice.due();
      if (batch.atEnd) break;
    }
    isCaughtUp = true;
  }

  const hurry = (): void => void readOn();
  const watcher = doors.watchDirectory(doors.directoryPath, hurry);
  const stopLooking = doors.clock.every(lookEveryMs, hurry);
  hurry();
  return {
    entries: () => entries.list(),
    version: () => entries.version(),
    problem: () => problem,
    subscribe: notice.subscribe,
    close: () => {
      isClosed = true;
      stopLooking();
      watcher.close();
      tail.close().catch(() => {});
    },
  };
}
