// What became of each step between two readings of a list: kept, ticked, unticked, removed, reworded, appended to,
// split, moved, or added. It reports and judges nothing: which of these is undone is the guard's to say (guard.ts).

import { countPassing } from '../binary-search.ts';
import { readListText, type ListText, type PlacedStep } from './list-text.ts';
import { matchSteps, type StepMatch } from './step-matching.ts';
import { saysSkipped } from './step-words.ts';

export type StepComparison = {
  /** Null for a step that was added. */
  readonly before: PlacedStep | null;
  /** Null for a step that was removed. */
  readonly after: PlacedStep | null;
  readonly text: StepMatch['text'] | 'added' | 'removed';
  readonly tick: 'kept' | 'ticked' | 'unticked';
  /** Now in another phase, or elsewhere among the steps of its phase. Phases that changed places move no step. */
  readonly moved: boolean;
  /** How many steps were added below it as its parts. */
  readonly parts: number;
  /** Now says `(skipped: …)`, which only the user's own key is meant to write. */
  readonly skipped: boolean;
};

export type ListComparison = {
  readonly before: ListText;
  readonly after: ListText;
  /** The steps of the earlier list in its order, then those that were added. */
  readonly steps: readonly StepComparison[];
  /** The later name of a phase, by its earlier one. A phase none of whose steps are left is not in it. */
  readonly phases: ReadonlyMap<string | null, string | null>;
};

export function compareLists(earlier: string, later: string): ListComparison {
  const [before, after] = [readListText(earlier), readListText(later)];
  const { matches, added } = matchSteps(before.steps, after.steps);
  const phases = laterPhases(matches);
  const moved = movedSteps(matches, phases);
  const parts = addedParts(after.steps, new Set(added));
  const matchOf = new Map(matches.map((match) => [match.before, match]));
  return {
    before,
    after,
    phases,
    steps: [
      ...before.steps.map((step): StepComparison => {
        const match = matchOf.get(step);
        if (match === undefined) return { ...nothing, before: step, text: 'removed' };
        return {
          before: step,
          after: match.after,
          text: match.text,
          tick: tickOf(match),
          moved: moved.has(match),
          parts: parts.get(match.after) ?? 0,
          skipped:
            match.after.text !== step.text &&
            saysSkipped(match.after.text) &&
            !saysSkipped(step.text),
        };
      }),
      ...added.map((step): StepComparison => ({
        ...nothing,
        after: step,
        text: 'added',
        tick: step.done ? 'ticked' : 'kept',
        parts: parts.get(step) ?? 0,
        skipped: saysSkipped(step.text),
      })),
    ],
  };
}

const nothing: StepComparison = {
  before: null,
  after: null,
  text: 'added',
  tick: 'kept',
  moved: false,
  parts: 0,
  skipped: false,
};

function tickOf({ before, after }: StepMatch): StepComparison['tick'] {
  if (before.done === after.done) return 'kept';
  return after.done ? 'ticked' : 'unticked';
}

/** Where most of a phase's steps are now. */
function laterPhases(matches: readonly StepMatch[]): ReadonlyMap<string | null, string | null> {
  const byPhase = Map.groupBy(matches, ({ before }) => before.phase);
  return new Map(
    [...byPhase].map(([phase, own]) => {
      const counts = [...Map.groupBy(own, ({ after }) => after.phase)];
      // Its own name wins where two phases have as many.
      const size = ([name, inside]: (typeof counts)[number]): number =>
        inside.length + (name === phase ? 0.5 : 0);
      const [most] = counts.toSorted((a, b) => size(b) - size(a));
      return [phase, most === undefined ? phase : most[0]];
    }),
  );
}

function movedSteps(
  matches: readonly StepMatch[],
  phases: ListComparison['phases'],
): ReadonlySet<StepMatch> {
  const moved = new Set<StepMatch>();
  for (const own of Map.groupBy(matches, ({ before }) => before.phase).values()) {
    const stayed = own.filter(({ before, after }) => phases.get(before.phase) === after.phase);
    const inOrder = new Set(longestRising(stayed));
    for (const match of own) if (!inOrder.has(match)) moved.add(match);
  }
  return moved;
}

/** The most matches, in the order of the earlier list, that are in the order of the later list, too. */
function longestRising(matches: readonly StepMatch[]): readonly StepMatch[] {
  type Link = { match: StepMatch; previous: Link | null };
  // For each length the row that ends earliest in the later list.
  const rows: Link[] = [];
  for (const match of matches) {
    const { number } = match.after;
    const at = countPassing(rows.length, (row) => (rows[row]?.match.after.number ?? 0) < number);
    rows[at] = { match, previous: rows[at - 1] ?? null };
  }
  const row: StepMatch[] = [];
  for (let link = rows.at(-1) ?? null; link !== null; link = link.previous) row.push(link.match);
  return row.reverse();
}

/** How many of the added steps are directly below each step. */
function addedParts(
  steps: readonly PlacedStep[],
  added: ReadonlySet<PlacedStep>,
): ReadonlyMap<PlacedStep, number> {
  const parts = new Map<PlacedStep, number>();
  const parents: PlacedStep[] = [];
  for (const step of steps) {
    while ((parents.at(-1)?.depth ?? -1) >= step.depth) parents.pop();
    const parent = parents.at(-1);
    const isInside = parent !== undefined && step.place.first <= parent.place.lastOfItem;
    if (isInside && added.has(step)) parts.set(parent, (parts.get(parent) ?? 0) + 1);
    parents.push(step);
  }
  return parts;
}
