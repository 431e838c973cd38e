// Where in the later list a removed step goes back: behind the step it followed, before the one that followed it, or
// below its phase's heading; where the phase is gone as well, behind the phases before it.

import { isBlankLine, type ListText, type PlacedStep } from './list-text.ts';
import type { ListComparison } from './list-comparison.ts';

export type StepPlacing = {
  /** The line before which the step is inserted. */
  readonly at: number;
  /** Directly below a heading, which a blank line should part from it. */
  readonly belowHeading: boolean;
  /** Directly above a heading or at the end, behind other text. */
  readonly needsHeading: boolean;
};

/** `placed`: the removed steps before it that come back, and where. */
export function placingOf(
  step: PlacedStep,
  comparison: ListComparison,
  placed: ReadonlyMap<PlacedStep, StepPlacing>,
): StepPlacing {
  const { before, after, phases, steps } = comparison;
  const laterPhase = phases.get(step.phase);
  const laterOf = (earlier: PlacedStep): PlacedStep | null => {
    const later = steps[earlier.number - 1]?.after ?? null;
    return later !== null && later.phase === laterPhase ? later : null;
  };
  const first = before.steps[step.number];
  if (first !== undefined && first.phase === step.phase && first.depth > step.depth) {
    const part = laterOf(first);
    if (part !== null) return above(part);
  }
  for (let at = step.number - 2; at >= 0; at--) {
    const earlier = before.steps[at];
    if (earlier?.phase !== step.phase) break;
    const placing = placed.get(earlier);
    if (placing !== undefined && earlier.depth <= step.depth) return placing;
    const later = laterOf(earlier);
    if (later !== null) return behind(later, step.depth, after);
  }
  for (let at = step.number; at < before.steps.length; at++) {
    const next = before.steps[at];
    if (next?.phase !== step.phase) break;
    const later = laterOf(next);
    if (later !== null) return above(later);
  }
  return inPhase(step, comparison);
}

function above({ place }: PlacedStep): StepPlacing {
  return { at: place.first, belowHeading: false, needsHeading: false };
}

/** Behind the item that ends where a step of this depth begins: `later` itself, or an item that it is part of. */
function behind(later: PlacedStep, depth: number, list: ListText): StepPlacing {
  const here = { belowHeading: false, needsHeading: false };
  if (depth > later.depth) {
    // It becomes the first part of that step.
    const next = list.steps[later.number];
    const isPart = next !== undefined && next.place.first <= later.place.lastOfItem;
    if (!isPart) return { at: later.place.lastOfItem + 1, ...here };
    let at = next.place.first;
    while (at > later.place.lastOfText + 1 && isBlankLine(list, at - 1)) at--;
    return { at, ...here };
  }
  for (let index = later.number - 1; index >= 0; index--) {
    const item = list.steps[index];
    if (item === undefined || later.place.first > item.place.lastOfItem) continue;
    if (item.depth === depth) return { at: item.place.lastOfItem + 1, ...here };
    if (item.depth < depth) break;
  }
  return { at: later.place.lastOfItem + 1, ...here };
}

function inPhase(step: PlacedStep, { before, after, steps }: ListComparison): StepPlacing {
  const end = after.lines.length + 1;
  if (step.phase === null) {
    const [first] = after.headings;
    return { at: first?.place.first ?? end, belowHeading: false, needsHeading: false };
  }
  const heading = after.headings.find(({ phase }) => phase === step.phase);
  if (heading !== undefined) {
    return { at: heading.place.lastOfText + 1, belowHeading: true, needsHeading: false };
  }
  for (let at = step.number - 2; at >= 0; at--) {
    const earlier = before.steps[at];
    const later = earlier === undefined ? null : (steps[at]?.after ?? null);
    if (later === null) continue;
    const next = after.headings.find(({ place }) => place.first > later.place.first);
    return { at: next?.place.first ?? end, belowHeading: false, needsHeading: true };
  }
  return { at: end, belowHeading: false, needsHeading: true };
}
