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
  const at = placeOf(details.steps, step);
  if (at === null) return isSeen ? { ...view, changedStep: null } : view;
  if (isSeen && at === view.detailsAt && step.number === at + 1) return view;
  const followed = { task, step: { number: at + 1, text: step.text }, isSeen: true };
  return { ...view, changedStep: followed, detailsAt: at };
}

/** Its index; null if it is not there, or if several elsewhere have its words. */
function placeOf(steps: readonly StepName[], { number, text }: StepName): number | null {
  if (steps[number - 1]?.text === text) return number - 1;
  const alike = steps.flatMap((step, index) => (step.text === text ? [index] : []));
  return alike.length === 1 ? (alike[0] ?? null) : null;
}
