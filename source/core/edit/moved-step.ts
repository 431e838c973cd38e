// Moves a step with its nested steps past its neighbour: the two change places, and what lies between them stays. At
// the end of a phase it goes over the heading into the next one.

import type { ListText, PlacedStep } from '../checklist/list-text.ts';
import { checked, titled, type EditedList } from './checked-list.ts';
import type { StepName } from './step-name.ts';
import { markerOf, notFit, shapeOf } from './step-shape.ts';

/** Lines from `first` to `last`, from 1. */
type Part = { first: number; last: number };

export function movedStep(list: ListText, step: PlacedStep, to: 'up' | 'down'): EditedList {
  const other = to === 'up' ? neighbourAbove(list, step) : neighbourBelow(list, step);
  if (other === null) {
    return { refused: `Step ${step.number} cannot move ${to}: no step of its part is there` };
  }
  if (markerOf(list, step) === null || markerOf(list, other) === null) return notFit;
  const [upper, lower] = to === 'up' ? [other, step] : [step, other];
  const isOver = list.headings.some(
    ({ place }) => place.first > upper.place.first && place.first < lower.place.first,
  );
  const [own, others] = [partOf(step), partOf(other)];
  const order = isOver
    ? movedOver(list, own, to === 'up' ? others.last + 1 : others.first)
    : swapped(list, partOf(upper), partOf(lower));
  const moved = familyOf(list, step);
  const rest = list.steps.filter((one) => !moved.includes(one));
  // Over a heading it becomes the neighbour's next, not the other way round.
  const beside = rest.indexOf(other);
  const isBefore = isOver ? to === 'down' : to === 'up';
  const at = isBefore ? beside : beside + familyOf(list, other).length;
  const shapes = [...rest.slice(0, at), ...moved, ...rest.slice(at)].map(shapeOf);
  const say = (one: StepName): string => `Moved ${to}: ${titled(one)}`;
  return checked(inOrder(list, order), { shapes, at, say });
}

function partOf({ place }: PlacedStep): Part {
  return { first: place.first, last: place.lastOfItem };
}

/** The step and those nested in it. */
function familyOf({ steps }: ListText, step: PlacedStep): readonly PlacedStep[] {
  const { first, lastOfItem } = step.place;
  return steps.filter(({ place }) => place.first >= first && place.first <= lastOfItem);
}

function neighbourBelow(list: ListText, step: PlacedStep): PlacedStep | null {
  const next = list.steps[step.number - 1 + familyOf(list, step).length];
  return next?.depth === step.depth ? next : null;
}

function neighbourAbove({ steps }: ListText, step: PlacedStep): PlacedStep | null {
  for (let at = step.number - 2; at >= 0; at--) {
    const above = steps[at];
    if (above === undefined || above.depth < step.depth) return null;
    if (above.depth === step.depth) return above;
  }
  return null;
}

/** The numbers of all lines, in their new order. */
function swapped(list: ListText, upper: Part, lower: Part): number[] {
  return [
    ...range(1, upper.first - 1),
    ...range(lower.first, lower.last),
    ...range(upper.last + 1, lower.first - 1),
    ...range(upper.first, upper.last),
    ...range(lower.last + 1, list.lines.length),
  ];
}

function movedOver(list: ListText, part: Part, before: number): number[] {
  const isInside = (line: number): boolean => line >= part.first && line <= part.last;
  const own = range(part.first, part.last);
  const above = range(1, before - 1).filter((line) => !isInside(line));
  const below = range(before, list.lines.length).filter((line) => !isInside(line));
  return [...above, ...own, ...below];
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** Each line with its own end; only a last line without an end changes it with the line that is last now. */
function inOrder({ mark, lines, ends }: ListText, order: readonly number[]): string {
  const kept = order.map((line) => ({ line, end: ends[line - 1] ?? '' }));
  const endless = kept.find(({ line }) => line === lines.length);
  const last = kept.at(-1);
  if (endless !== undefined && last !== undefined) {
    [endless.end, last.end] = [last.end, endless.end];
  }
  return mark + kept.map(({ line, end }) => (lines[line - 1] ?? '') + end).join('');
}
