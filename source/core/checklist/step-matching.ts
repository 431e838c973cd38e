// Which step of a later list is which step of an earlier one: by its text, by its text with something behind it, and
// by its place if the text is alike. Steps with the same text are told apart by their phase and tick, so that a
// removed copy is not taken for the ticked one. The time stays near linear: a session may add 5000 steps.

import type { PlacedStep } from './list-text.ts';
import { beginningsOf, likeness, plainText, withoutAnnotation } from './step-words.ts';

export type StepMatch = {
  readonly before: PlacedStep;
  readonly after: PlacedStep;
  readonly text: 'same' | 'appended' | 'reworded';
};

type Matching = {
  /** In the order of the earlier list. */
  readonly matches: readonly StepMatch[];
  readonly removed: readonly PlacedStep[];
  readonly added: readonly PlacedStep[];
};

/** Texts that are less alike are two steps: one that was removed and one that was added. */
const alikeEnough = 0.4;
/** More pairs than this in one gap are not compared. */
const mostPairs = 2500;

export function matchSteps(before: readonly PlacedStep[], after: readonly PlacedStep[]): Matching {
  const open = { before: new Set(before), after: new Set(after) };
  const found = new Map<PlacedStep, StepMatch>();
  const pair = (match: StepMatch): void => {
    open.before.delete(match.before);
    open.after.delete(match.after);
    found.set(match.before, match);
  };

  const plain = memo(plainText);
  for (const keyOf of [
    (step: PlacedStep) => `${step.done}\n${step.phase}\n${step.text}`,
    (step: PlacedStep) => `${step.phase}\n${step.text}`,
    (step: PlacedStep) => `${step.done}\n${step.text}`,
    (step: PlacedStep) => step.text,
    (step: PlacedStep) => `${step.phase}\n${plain(step.text)}`,
    (step: PlacedStep) => plain(step.text),
  ]) {
    const waiting = queuesOf(open.before, keyOf);
    for (const step of open.after) {
      const earlier = waiting.get(keyOf(step))?.shift();
      if (earlier !== undefined) pair({ before: earlier, after: step, text: 'same' });
    }
  }
  pairAppended(open, plain, pair);
  pairReworded({ before, after, found, plain }, open, pair);
  return {
    matches: before.flatMap((step) => found.get(step) ?? []),
    removed: [...open.before],
    added: [...open.after],
  };
}

type Unmatched = { before: ReadonlySet<PlacedStep>; after: ReadonlySet<PlacedStep> };
type Pair = (match: StepMatch) => void;
type Plain = (text: string) => string;

/** `Deploy` and `Deploy (blocked: no key)`, in both directions. */
function pairAppended(open: Unmatched, plain: Plain, pair: Pair): void {
  if (open.before.size === 0) return;
  const waiting = queuesOf(open.before, (step) => withoutAnnotation(plain(step.text)));
  for (const step of open.after) {
    const text = plain(step.text);
    for (const beginning of [text, ...beginningsOf(text)]) {
      const earlier = waiting.get(beginning)?.shift();
      if (earlier === undefined) continue;
      pair({ before: earlier, after: step, text: 'appended' });
      break;
    }
  }
}

type Lists = {
  before: readonly PlacedStep[];
  after: readonly PlacedStep[];
  found: ReadonlyMap<PlacedStep, StepMatch>;
  plain: Plain;
};

/** Between the same two neighbours, the most alike first. */
function pairReworded(lists: Lists, open: Unmatched, pair: Pair): void {
  if (open.before.size === 0 || open.after.size === 0) return;
  const { before, after, found, plain } = lists;
  const laterOf = new Map([...found.values()].map((match) => [match.after, match.before]));
  const earlier = gapsOf(before, open.before, (step) => step);
  const later = gapsOf(after, open.after, (step) => laterOf.get(step));
  const phases = new Set(before.map(({ phase }) => phase));
  for (const [neighbour, removed] of earlier) {
    const added = later.get(neighbour) ?? [];
    if (removed.length * added.length > mostPairs) continue;
    const alike = removed
      .flatMap((one) =>
        added
          .filter(({ phase }) => phase === one.phase || !phases.has(phase))
          .map((other) => ({
            before: one,
            after: other,
            score: likeness(plain(one.text), plain(other.text)),
          })),
      )
      .filter(({ score }) => score >= alikeEnough)
      .toSorted((a, b) => b.score - a.score);
    const paired = new Set<PlacedStep>();
    for (const match of alike) {
      if (paired.has(match.before) || paired.has(match.after)) continue;
      paired.add(match.before).add(match.after);
      pair({ before: match.before, after: match.after, text: 'reworded' });
    }
  }
}

/** The unmatched steps by the last matched step before them, which `nameOf` names as in the earlier list. */
function gapsOf(
  steps: readonly PlacedStep[],
  unmatched: ReadonlySet<PlacedStep>,
  nameOf: (step: PlacedStep) => PlacedStep | undefined,
): ReadonlyMap<PlacedStep | null, PlacedStep[]> {
  const gaps = new Map<PlacedStep | null, PlacedStep[]>();
  let neighbour: PlacedStep | null = null;
  for (const step of steps) {
    if (!unmatched.has(step)) neighbour = nameOf(step) ?? null;
    else {
      const gap = gaps.get(neighbour);
      if (gap === undefined) gaps.set(neighbour, [step]);
      else gap.push(step);
    }
  }
  return gaps;
}

function queuesOf(
  steps: Iterable<PlacedStep>,
  keyOf: (step: PlacedStep) => string,
): ReadonlyMap<string, PlacedStep[]> {
  const queues = new Map<string, PlacedStep[]>();
  for (const step of steps) {
    const key = keyOf(step);
    const queue = queues.get(key);
    if (queue === undefined) queues.set(key, [step]);
    else queue.push(step);
  }
  return queues;
}

function memo(compute: Plain): Plain {
  const known = new Map<string, string>();
  return (text) => {
    const answer = known.get(text) ?? compute(text);
    known.set(text, answer);
    return answer;
  };
}
