// Ends a merge that was cut short: forwards if its branch has moved, else back. Called before anything else is done with
// the branch; doing it twice is doing it once.

import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { delay, systemClock } from '../clock.ts';
import { discardIndex } from '../git/own-index.ts';
import { processesOf } from '../process/table.ts';
import { installIndex, lockIndex, unlockIndex } from './index-lock.ts';
import { idOf, type MergeCall, type MergeOrder } from './merge-call.ts';
import { readJournal, removeJournal, type MergeJournal } from './merge-journal.ts';
import { isAtOld, moveIndex, takeBackFiles } from './move-files.ts';
import { removeLocks } from './move-ref.ts';

/** A git that outlived us writes a large tree at most so long. */
const patienceMs = 60_000;

/** The problem, or null. */
export async function settleMerge(call: MergeCall, { state }: MergeOrder): Promise<string | null> {
  const journal = await readJournal(state);
  if (journal === null) return null;
  if (!(await hasEnded(journal.marker))) return 'a merge that was cut short still ends';
  const { checkout, ref } = journal;
  const isThere =
    checkout === null ||
    (await access(join(checkout.gitDir, 'index')).then(
      () => true,
      () => false,
    ));
  if (!isThere || checkout === null) {
    await removeLocks(call, [ref]);
  } else {
    const { gitDir, root: workTree } = checkout;
    const own = { ...call, gitDir, workTree, index: join(state, 'index.merge') };
    await removeLocks(own, [ref]);
    const problem = await settleFiles(own, journal, { gitDir, marker: journal.marker });
    if (problem !== null) return problem;
  }
  await removeJournal(state);
  return null;
}

type OwnCall = MergeCall & { index: string };

/** The lock stays where that fails: nobody then takes the files for whole. */
async function settleFiles(
  call: OwnCall,
  journal: MergeJournal,
  lock: Parameters<typeof lockIndex>[0],
): Promise<string | null> {
  if (!(await lockIndex(lock))) return `another git works in ${call.workTree}: try again`;
  const problem = await settleUnderLock(call, journal, lock);
  if (problem !== null) return problem;
  await unlockIndex(lock);
  await discardIndex(call);
  return null;
}

export async function settleUnderLock(
  call: OwnCall,
  journal: MergeJournal,
  lock: Parameters<typeof lockIndex>[0],
): Promise<string | null> {
  const now = await idOf(call, journal.ref);
  const index = await isAtOld(call, journal);
  if ('problem' in index) return index.problem;
  // Ended, or the user has gone on since.
  if (!index.isAtOld) return null;
  if (now === journal.old) {
    const back = await takeBackFiles(call, journal);
    return back === null ? null : back.problem;
  }
  if (now !== journal.next) return null;
  const moved = await moveIndex(call, journal);
  if (moved.kind === 'failed') return moved.problem;
  await installIndex(lock, call.index);
  return null;
}

async function hasEnded(marker: string): Promise<boolean> {
  const until = systemClock.monotonic() + patienceMs;
  for (;;) {
    const left = await processesOf({ uuid: marker, leader: null });
    if (left.length === 0) return true;
    if (systemClock.monotonic() >= until) return false;
    await delay(100);
  }
}
