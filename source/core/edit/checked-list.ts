// What an edit of the list came to: the text, if exactly the wanted steps are in it, or a sentence that says why not.

import { readListText, type PlacedStep } from '../checklist/list-text.ts';
import { cleanLine } from '../text/clean.ts';
import { shownText, type StepName } from './step-name.ts';
import { notFit, type Shape } from './step-shape.ts';

/** `step`: the step that was added or changed, as it is now. `done`: what was done, for the user and the next prompt. */
export type EditedList =
  { readonly text: string; readonly step: StepName; readonly done: string } | Refused;

export type Refused = { readonly refused: string };

type Wanted = { shapes: readonly Shape[]; at: number; say(step: StepName): string };

/** The text, if exactly the wanted steps are in it. */
export function checked(whole: string, { shapes, at, say }: Wanted): EditedList {
  const { steps } = readListText(whole);
  const isWanted =
    steps.length === shapes.length &&
    steps.every((step, index) => {
      const wanted = shapes[index];
      return (
        wanted !== undefined &&
        step.text === wanted.text &&
        step.done === wanted.done &&
        step.depth === wanted.depth
      );
    });
  const step = steps[at];
  if (!isWanted || step === undefined) return notFit;
  return { text: whole, step: nameOf(step), done: say(nameOf(step)) };
}

/** As the screen will show it. */
export function nameOf({ number, text }: PlacedStep): StepName {
  return { number, text: shownText(text) };
}

export function titled({ number, text }: StepName): string {
  return `step ${number}: ${cleanLine(text, { maxLength: 160 })}`;
}
