// What a merge is about to do, written to the task's state directory before it does it: whoever comes after a kill knows
// which lock is ours, and what the files were and become.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readSmallFile, replaceFile } from '../files/safe-file.ts';
import { stateJsonOf } from '../state/state-files.ts';

export type MergeJournal = {
  /** Of its processes, and of its lock. */
  marker: string;
  /** The branch that moves, and from which commit to which. */
  ref: string;
  old: string;
  next: string;
  /** Where it is checked out; null: only the branch moves. */
  checkout: { root: string; gitDir: string } | null;
};

const nameOf = (state: string): string => join(state, 'merge.json');

export async function writeJournal(state: string, journal: MergeJournal): Promise<void> {
  await replaceFile(nameOf(state), JSON.stringify({ version: 1, ...journal }) + '\n');
}

export async function removeJournal(state: string): Promise<void> {
  await rm(nameOf(state), { force: true });
}

/** Null if no merge was cut short. */
export async function readJournal(state: string): Promise<MergeJournal | null> {
  const found = await readSmallFile(nameOf(state), { maxBytes: 64 * 1024 });
  const { marker, ref, old, next, checkout } = stateJsonOf(found) ?? {};
  const isText = [marker, ref, old, next].every((value) => typeof value === 'string');
  if (!isText) return null;
  return {
    marker: String(marker),
    ref: String(ref),
    old: String(old),
    next: String(next),
    checkout: placeIn(checkout),
  };
}

function placeIn(value: unknown): MergeJournal['checkout'] {
  if (typeof value !== 'object' || value === null) return null;
  const { root, gitDir } = value as Record<string, unknown>;
  return typeof root === 'string' && typeof gitDir === 'string' ? { root, gitDir } : null;
}
