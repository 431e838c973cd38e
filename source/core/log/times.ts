// session.times: how long the log was at which time. Codex writes no times, so the runner notes them, at most one
// per second, as lines `offset epochMs`: the line that begins at that offset had been written by then.

import { countPassing } from '../binary-search.ts';

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

/** When the line at `offset` was written: the first note at or after it; null without one. */
export function timeOf(notes: readonly TimeNote[], offset: number): number | null {
  return notes[countPassing(notes.length, (at) => (notes[at]?.offset ?? 0) < offset)]?.at ?? null;
}
