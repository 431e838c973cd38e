// The step that the user changed last. The details are read again only some time later, and in between they may show
// what was there before it, so the mark follows this step wherever they show it, until the user moves the mark. The
// next key is about it even while they do not show it yet.

import type { StepName } from '../../core/edit/step-name.ts';
import type { Scene } from './panes.ts';
import type { View } from './state.ts';

export function withChangedStep(view: View, { details }: Pick<Scene, 'details'>): View {
  const { changedStep, selected, page } = view;
  if (changedStep === null) return view;
  const { task, step, isSeen } = changedStep;
  if (task !== selected || page !== 'steps') return { ...view, changedStep: null };
  if (details?.task !== task) return view;
  // Until it is shown, another step may have its words.
  const at = isSeen ? placeOf(details.steps, step) : ownPlaceOf(details.steps, step);
  if (at === null) return isSeen ? { ...view, changedStep: null } : view;
  if (isSeen && at === view.detailsAt && step.number === at + 1) return view;
  const followed = { task, step: { number: at + 1, text: step.text }, isSeen: true };
  return { ...view, changedStep: followed, detailsAt: at };
}

/** Its index; null if it is not in its place. */
function ownPlaceOf(steps: readonly StepName[], { number, text }: StepName): number | null {
  return steps[number - 1]?.text === text ? number - 1 : null;
}

/** The same, or where its words are; null if they are nowhere, or at several places. */
function placeOf(steps: readonly StepName[], step: StepName): number | null {
  const alike = steps.flatMap(({ text }, index) => (text === step.text ? [index] : []));
  return ownPlaceOf(steps, step) ?? (alike.length === 1 ? (alike[0] ?? null) : null);
}
