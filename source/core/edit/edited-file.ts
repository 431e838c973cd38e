// A list that the user changed in an editor, while a session may have ticked steps of it.

import { compareLists } from '../checklist/list-comparison.ts';
import type { PlacedStep } from '../checklist/list-text.ts';
import { withoutTicks, withTicks } from '../checklist/replaced-list.ts';

/** `before`: the list as the editor got it. Ticks that came since are taken over; null if anything else came. */
export function mergedEdit(before: string, edited: string, now: string): string | null {
  if (now === before) return edited;
  if (withoutTicks(now) !== withoutTicks(before)) return null;
  const since = new Map<number, boolean>();
  for (const { before: old, after } of compareLists(before, now).steps) {
    if (old !== null && after !== null && old.done !== after.done)
      since.set(old.number, after.done);
  }
  const { steps, after } = compareLists(before, edited);
  const ticks = new Map<PlacedStep, boolean>();
  for (const step of steps) {
    const done = step.before === null ? undefined : since.get(step.before.number);
    if (step.after !== null && done !== undefined) ticks.set(step.after, done);
  }
  return withTicks(after, (step) => ticks.get(step) ?? step.done);
}

/** `2 steps added, 1 removed, 1 reworded`; empty if the steps are the same. */
export function editWords(before: string, edited: string): string {
  const { steps } = compareLists(before, edited);
  const count = (holds: (step: (typeof steps)[number]) => boolean): number =>
    steps.filter(holds).length;
  const parts: [number, string][] = [
    [count(({ text }) => text === 'added'), 'added'],
    [count(({ text }) => text === 'removed'), 'removed'],
    [
      count(({ before: one, after }) => one !== null && after !== null && one.text !== after.text),
      'reworded',
    ],
    [count(({ tick }) => tick === 'ticked'), 'ticked'],
    [count(({ tick }) => tick === 'unticked'), 'unticked'],
    [count(({ moved }) => moved), 'moved'],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word], at) => {
      if (at > 0) return `${number} ${word}`;
      return `${number} ${number === 1 ? 'step' : 'steps'} ${word}`;
    })
    .join(', ');
}
