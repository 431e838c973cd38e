// When the lines of a log were written, as far as it was recorded: by the runner in session.times, and by this
// process for lines that arrive while it follows the log.

import type { TimeSpan } from '../../core/log/snapshot.ts';
import { createLineTimes, readTimeNotes, type LineTimes } from '../../core/log/times.ts';
import { readSleeps, type Sleep } from '../../core/log/sleep.ts';
import type { Clock } from '../../system/clock.ts';
import { watchSleep } from '../session/watches/sleep-watch.ts';

export type LogTimes = {
  /** Reads what the runner recorded. */
  load(): Promise<void>;
  of: LineTimes['of'];
  /** The offset of the first line written at that time or later; null if there is none. */
  offsetAt(this: void, at: number): number | null;
  /** When the first and the last line with a known time were written. */
  span(this: void): TimeSpan | null;
  /** Adds the times of the sessions' ends among these lines. */
  noteEnds: LineTimes['noteEnds'];
  /** Records a line that just arrived; returns its time. */
  came(offset: number): number;
  /** When the machine slept while the task ran or was watched. The same object until there is another sleep. */
  sleeps(this: void): readonly Sleep[];
  /** Checks for a new sleep; true if there was one. */
  lookForSleep(): boolean;
  forget(): void;
};

const betweenNotesMs = 1000;

export function createLogTimes(deps: { clock: Clock; readTimes(): Promise<string> }): LogTimes {
  let times = createLineTimes();
  let sleeps: readonly Sleep[] = [];
  const sleepSince = watchSleep(deps.clock);
  return {
    load: async () => {
      const text = await deps.readTimes();
      times = createLineTimes(readTimeNotes(text));
      sleeps = readSleeps(text);
    },
    of: (line) => times.of(line),
    offsetAt: (at) => {
      const notes = times.notes();
      const next = notes.findIndex((note) => note.at >= at);
      if (next === -1) return null;
      // Times are noted once a second: the line came somewhere between the previous note and this one.
      return next === 0 ? (notes[0]?.offset ?? 0) : (notes[next - 1]?.offset ?? 0) + 1;
    },
    span: () => {
      const notes = times.notes();
      const [first, last] = [notes[0], notes.at(-1)];
      return first === undefined || last === undefined ? null : { from: first.at, to: last.at };
    },
    noteEnds: (lines) => times.noteEnds(lines),
    came: (offset) => {
      const at = deps.clock.now();
      const last = times.last();
      const isNew = last === undefined || at - last.at >= betweenNotesMs;
      if (isNew && offset > (last?.offset ?? -1)) times.add({ offset, at });
      return at;
    },
    sleeps: () => sleeps,
    lookForSleep: () => {
      const sleep = sleepSince();
      if (sleep !== null) sleeps = [...sleeps, sleep];
      return sleep !== null;
    },
    forget: () => {
      times = createLineTimes();
      sleeps = [];
    },
  };
}
