// session.times: how long the log was at which time. Codex writes no times, so the runner notes them, at most one
// per second, as lines `offset epochMs`: the line that begins at that offset had been written by then.
// The end of a session is a note, too: the lines of stderr before it were written with it, and no note is theirs.

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

export type LineTimes = {
  /** When the line at `offset` was written, epoch ms; null if unknown. */
  of(this: void, offset: number): number | null;
  /** By offset, ascending. */
  notes(): readonly TimeNote[];
  add(note: TimeNote): void;
  /** Adds the times of the sessions' ends among these lines. */
  noteEnds(lines: readonly { offset: number; text: string | null }[]): void;
};

export function createLineTimes(noted: readonly TimeNote[] = []): LineTimes {
  const notes = [...noted];
  const add = (note: TimeNote): void => {
    const at = countPassing(notes.length, (index) => (notes[index]?.offset ?? 0) < note.offset);
    if (notes[at]?.offset !== note.offset) notes.splice(at, 0, note);
  };
  return {
    of: (offset) => timeOf(notes, offset),
    notes: () => notes,
    add,
    noteEnds: (lines) => {
      for (const { offset, text } of lines) {
        if (text?.startsWith(startOfEnd) !== true) continue;
        const event = readLogLine(text);
        if (event.type === 'session-ended' && event.at !== null) add({ offset, at: event.at });
      }
    },
  };
}

const startOfEnd = '{"type":"autonomous.session.ended"';

/** When the line at `offset` was written: the first note at or after it; null without one. */
export function timeOf(notes: readonly TimeNote[], offset: number): number | null {
  return notes[countPassing(notes.length, (at) => (notes[at]?.offset ?? 0) < offset)]?.at ?? null;
}
