// Which step the user means: its number and words, as the screen showed them. The list may have changed since.

import type { Step } from '../checklist/checklist.ts';
import type { PlacedStep } from '../checklist/list-text.ts';
import { cleanLine } from '../text/clean.ts';
import { maskSecrets } from '../text/secrets.ts';

export type StepName = { readonly number: number; readonly text: string };

/** A step's text as the screen shows it: clean, cut, and without secrets. */
export function shownText(text: string): string {
  return maskSecrets(cleanLine(text));
}

/** False if the screen cuts it, or hides a secret in it: whoever changes what is shown does not have all of it. */
export function isShownWhole(text: string): boolean {
  return shownText(text) === cleanLine(text, { maxLength: Infinity });
}

/** A step for the screen. `isPartly`: the screen does not show all of its words. */
export type ShownStep = Step & { readonly isPartly?: true };

export function shownStep(step: Step): ShownStep {
  const shown = { ...step, text: shownText(step.text) };
  return isShownWhole(step.text) ? shown : { ...shown, isPartly: true };
}

export function partlySentence(number: number): string {
  return `Step ${number} is too long or holds a secret, so it is not shown whole here: edit the list with e`;
}

/** The step, or a sentence that says why it is not there. */
export function foundStep(
  steps: readonly PlacedStep[],
  { number, text }: StepName,
): PlacedStep | string {
  const same = (step: PlacedStep): boolean => shownText(step.text) === text;
  const inPlace = steps[number - 1];
  if (inPlace !== undefined && same(inPlace)) return inPlace;
  const alike = steps.filter(same);
  const [only] = alike;
  if (alike.length === 1 && only !== undefined) return only;
  return `Step ${number} has changed meanwhile, so nothing was changed: look again`;
}
