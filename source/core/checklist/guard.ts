// The guard of a task's list: what a session did to the steps, and the list with the user's steps back in it. A step
// that the session removed comes back with the tick it had; one that it reworded gets its old words back, once.
// Ticking, appending (`(blocked: …)`), adding, splitting and reordering stand. It must never invent a tick.
// Pure and idempotent: who replaces the file, and whether it may, is decided elsewhere.

import type { PlacedStep } from './list-text.ts';
import { compareLists, type StepComparison } from './list-comparison.ts';
import { repairedList } from './list-repair.ts';
import { plainText } from './step-words.ts';

type GuardOrder = {
  /** The list as it was when the session began. */
  before: string;
  /** As it is now. */
  after: string;
  /** `restoredWords` of the guards before: a step that is reworded again keeps its new words. */
  restoredWords?: readonly string[];
  /** Texts of steps that the user removed or reworded meanwhile: these changes stand. */
  changedByUser?: readonly string[];
};

export type Repair = {
  /** `box`: the line still stood there without a box that counts. */
  readonly kind: 'step' | 'box' | 'words';
  /** The step's number in the list as it was. */
  readonly number: number;
  readonly text: string;
  readonly done: boolean;
  /** What stood in place of the old words; null for other repairs. */
  readonly instead: string | null;
};

export type GuardReport = {
  readonly steps: readonly StepComparison[];
  readonly repairs: readonly Repair[];
  /** The list as it should be; null if nothing is to be repaired. */
  readonly text: string | null;
  /** To be remembered for as long as the task lives: `restoredWords` of the next guard. */
  readonly restoredWords: readonly string[];
  /** Removed or reworded steps that no attempt could bring back, to be said. Empty for every list that is known. */
  readonly lost: readonly PlacedStep[];
};

export function guardList(order: GuardOrder): GuardReport {
  const { before, after, restoredWords = [], changedByUser = [] } = order;
  const comparison = compareLists(before, after);
  const { steps } = comparison;
  const standing = counted(changedByUser);
  const earlier = new Set(restoredWords);
  const removed: PlacedStep[] = [];
  const reworded: Rewording[] = [];
  for (const step of steps) {
    if (step.before === null || (step.text !== 'removed' && step.text !== 'reworded')) continue;
    const words = plainText(step.before.text);
    if (taken(standing, words)) continue;
    if (step.after === null) removed.push(step.before);
    else if (!earlier.has(words)) reworded.push({ before: step.before, after: step.after });
  }
  const nothing = { steps, repairs: [], text: null, restoredWords, lost: [] };
  if (removed.length === 0 && reworded.length === 0) return nothing;

  const words = { comparison, removed, reworded };
  // A reworded step that cannot be edited where it stands keeps its words; the removed ones come back all the same.
  const all = repairedList(words);
  const repair = all ?? repairedList({ comparison, removed, reworded: [] });
  if (repair === null) {
    return { ...nothing, lost: [...removed, ...reworded.map((one) => one.before)] };
  }
  const restored = all === null ? [] : reworded;
  const repairs = [
    ...removed.map((step) => repairOf(step, repair.boxes.has(step) ? 'box' : 'step')),
    ...restored.map((one) => ({
      ...repairOf(one.before, 'words'),
      done: one.after.done,
      instead: one.after.text,
    })),
  ].toSorted((a, b) => a.number - b.number);
  return {
    steps,
    repairs,
    text: repairs.length === 0 ? null : repair.text,
    restoredWords: [
      ...new Set([...restoredWords, ...restored.map((one) => plainText(one.before.text))]),
    ],
    lost: all === null ? reworded.map((one) => one.before) : [],
  };
}

/**
 * The list to compare with after the user changed it from `from` to `to` while a session that began with `before`
 * was under way: what the user wrote or removed stands, what the session had removed until then is still due.
 */
export function baselineAfterEdit({ before, from, to }: Record<'before' | 'from' | 'to', string>) {
  const due = guardList({ before, after: from }).text ?? from;
  const changedByUser = compareLists(from, to).steps.flatMap((step) =>
    step.before !== null && (step.text === 'removed' || step.text === 'reworded')
      ? [step.before.text]
      : [],
  );
  return guardList({ before: due, after: to, changedByUser }).text ?? to;
}

type Rewording = { before: PlacedStep; after: PlacedStep };

function repairOf({ number, text, done }: PlacedStep, kind: Repair['kind']): Repair {
  return { kind, number, text, done, instead: null };
}

function counted(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts.map(plainText)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function taken(counts: Map<string, number>, text: string): boolean {
  const left = counts.get(text) ?? 0;
  if (left > 0) counts.set(text, left - 1);
  return left > 0;
}
