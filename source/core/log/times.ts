// session.times: how long the log was at which time. Codex writes no times, so the runner notes them, at most one
// per second, as lines `offset epochMs`: the line that begins at that offset had been written by then.
// The end of a session has its own time, and the lines of stderr before it were written with it: no note is theirs.

import { countPassing } from '../binary-search.ts';
import { readLogLine } from '../codex/read-line.ts';

export type TimeNote = { offset: number; at: number };

export function readTimeNotes(text: string): readonly TimeNote[] {
  const notes: TimeNote[] = [];
  for (const line of text.split('\n')) {
    const match = /^(\d{1,15}) (\d{1,15})$/u.exec(line);
    if (match === null) continue;
    const note = { offset: Number(match[1]), at: Number(match[2]) };
    // The log only grows: a smaller offset means that the log was replaced, and all earlier notes are of the old one.
    if (note.offset < (notes.at(-1)?.offset ?? 0)) notes.length = 0;
    notes.push(note);
  }
  return notes;
}

/** Null: a line that is too long to read. */
type TimedLine = { readonly offset: number; readonly text: string | null };

export type LineTimes = {
  /** When the line was written, epoch ms; null if unknown. */
  of(this: void, line: TimedLine): number | null;
  /** All notes, those of the sessions' ends included, by offset. */
  notes(): readonly TimeNote[];
  /** The last note but those of the sessions' ends. */
  last(): TimeNote | undefined;
  add(note: TimeNote): void;
  /** Adds the times of the sessions' ends among these lines. */
  noteEnds(lines: readonly TimedLine[]): void;
};

export function createLineTimes(noted: readonly TimeNote[] = []): LineTimes {
  const notes = [...noted];
  const ends: TimeNote[] = [];
  return {
    of: (line) => {
      const at = timeOf(notes, line.offset);
      if (line.text?.startsWith(startOfStderr) !== true) return at;
      const end = ends[firstFrom(ends, line.offset)];
      const note = notes[firstFrom(notes, line.offset)];
      return end !== undefined && end.offset < (note?.offset ?? Infinity) ? end.at : at;
    },
    notes: () => [...notes, ...ends].sort((a, b) => a.offset - b.offset),
    last: () => notes.at(-1),
    add: (note) => insert(notes, note),
    noteEnds: (lines) => {
      for (const { offset, text } of lines) {
        if (text?.startsWith(startOfEnd) !== true) continue;
        const event = readLogLine(text);
        if (event.type === 'session-ended' && event.at !== null) {
          insert(ends, { offset, at: event.at });
        }
      }
    },
  };
}

const startOfEnd = '{"type":"autonomous.session.ended"';
const startOfStderr = '{"type":"autonomous.stderr"';

function insert(notes: TimeNote[], note: TimeNote): void {
  const at = firstFrom(notes, note.offset);
  if (notes[at]?.offset !== note.offset) notes.splice(at, 0, note);
}

/** The index of the first note at or after `offset`. */
function firstFrom(notes: readonly TimeNote[], offset: number): number {
  return countPassing(notes.length, (at) => (notes[at]?.offset ?? 0) < offset);
}

/** When the line at `offset` was written: the first note at or after it; null without one. */
export function timeOf(notes: readonly TimeNote[], offset: number): number | null {
  return notes[firstFrom(notes, offset)]?.at ?? null;
}
