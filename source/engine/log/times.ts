// When the lines of a log were written, as far as somebody noted it: the runner in session.times, and we ourselves
// while we look.

import type { TimeSpan } from '../../core/log/snapshot.ts';
import { readTimeNotes, timeOf, type TimeNote } from '../../core/log/times.ts';
import { readSleeps, type Sleep } from '../../core/log/sleep.ts';
import type { Clock } from '../../system/clock.ts';
import { watchSleep } from '../session/sleep-watch.ts';

export type LogTimes = {
  /** Reads what the runner noted. */
  load(): Promise<void>;
  /** Epoch ms; null when nobody knows. */
  of(this: void, offset: number): number | null;
  /** The place by its time: where the first line stands that was written then or later; null when none was. */
  offsetAt(this: void, at: number): number | null;
  /** When the first and the last line were written of which that is known. */
  span(this: void): TimeSpan | null;
  /** A line that came just now; gives the time. */
  came(offset: number): number;
  /** Of the machine, while the task ran or while one looked. The same object as long as there is none more. */
  sleeps(this: void): readonly Sleep[];
  /** Looks whether it has slept just now; true where it has. */
  lookForSleep(): boolean;
  forget(): void;
};

const betweenNotesMs = 1000;

export function createLogTimes(doors: { clock: Clock; readTimes(): Promise<string> }): LogTimes {
  let notes: TimeNote[] = [];
  let sleeps: readonly Sleep[] = [];
  const sleepSince = watchSleep(doors.clock);
  return {
    load: async () => {
      const text = await doors.readTimes();
      notes = [...readTimeNotes(text)];
      sleeps = readSleeps(text);
    },
    of: (offset) => timeOf(notes, offset),
    offsetAt: (at) => {
      const next = notes.findIndex((note) => note.at >= at);
      if (next === -1) return null;
      // What came between the note before and this one is all that is known.
      return next === 0 ? (notes[0]?.offset ?? 0) : (notes[next - 1]?.offset ?? 0) + 1;
    },
    span: () => {
      const [first, last] = [notes[0], notes.at(-1)];
      return first === undefined || last === undefined ? null : { from: first.at, to: last.at };
    },
    came: (offset) => {
      const at = doors.clock.now();
      const last = notes.at(-1);
      const isNew = last === undefined || at - last.at >= betweenNotesMs;
      if (isNew && offset > (last?.offset ?? -1)) notes.push({ offset, at });
      return at;
    },
    sleeps: () => sleeps,
    lookForSleep: () => {
      const sleep = sleepSince();
      if (sleep !== null) sleeps = [...sleeps, sleep];
      return sleep !== null;
    },
    forget: () => {
      notes = [];
      sleeps = [];
    },
  };
}
