// What the user is asked before an edit of the list is taken that leaves a task nothing to do.

import { compareLists } from '../checklist/list-comparison.ts';
import { safeLine } from '../text/safe-text.ts';

export type EditQuestion = { readonly question: string; readonly detail: readonly string[] };

/** As many as fit into a small dialog. */
const mostNamed = 4;
const longestStep = 160;

/** Null if a step is left to do, or if none was there before. */
export function editQuestion(before: string, edited: string): EditQuestion | null {
  const { steps, after } = compareLists(before, edited);
  const old = steps.flatMap((step) =>
    step.before === null ? [] : [{ ...step, before: step.before }],
  );
  const open = old.filter((step) => !step.before.done);
  const isEmpty = after.steps.length === 0;
  if (isEmpty ? old.length === 0 : open.length === 0) return null;
  if (after.steps.some(({ done }) => !done)) return null;
  const lost = isEmpty ? old : open;
  const named = lost.slice(0, mostNamed).map(({ before: { number, text }, after: now }) => {
    const what = now === null ? 'goes' : 'is ticked';
    return `Step ${number} ${what}: ${safeLine(text, longestStep)}`;
  });
  const left = lost.length - named.length;
  const what = isEmpty ? whatGoes(lost.length) : whatIsLeft(lost.length);
  return {
    question: `${what}. Keep it anyway?`,
    detail: [
      ...named,
      ...(left > 0 ? [`and ${left} more`] : []),
      isEmpty ? 'Without steps the task cannot go on.' : 'The task has nothing left to do then.',
    ],
  };
}

function whatGoes(count: number): string {
  return count === 1 ? 'The only step would go' : `All ${count} steps would go`;
}

function whatIsLeft(count: number): string {
  return count === 1
    ? 'No open step would be left'
    : `None of the ${count} open steps would be left`;
}
