// The step that the user changed last. The details are read again only some time later, and until then they may show any
// list that was there before, so the mark follows this step wherever they show it, until the user moves the mark. The
// next key is about it even while they do not show it yet.

import type { StepName } from '../../core/edit/step-name.ts';
import type { Scene } from './panes.ts';
import type { View } from './state.ts';

export function withChangedStep(view: View, { details }: Pick<Scene, 'details'>): View {
  const { changedStep, selected, page } = view;
  if (changedStep === null) return view;
  const { task, step, changedAt } = changedStep;
  if (task !== selected || page !== 'steps') return { ...view, changedStep: null };
  if (details?.task !== task) return view;
  const isFresh = details.readAt === undefined || details.readAt >= changedAt;
  const at = placeOf(details.steps, step);
  if (at === null) return isFresh ? { ...view, changedStep: null } : view;
  // A list from before the change says nothing about where the step is now.
  const number = isFresh ? at + 1 : step.number;
  if (at === view.detailsAt && number === step.number) return view;
  const followed = { ...changedStep, step: { number, text: step.text } };
  return { ...view, changedStep: followed, detailsAt: at };
}

/** The index of its place, or of its words if they are elsewhere; null if they are nowhere, or at several places. */
function placeOf(steps: readonly StepName[], { number, text }: StepName): number | null {
  if (steps[number - 1]?.text === text) return number - 1;
  const alike = steps.flatMap((step, index) => (step.text === text ? [index] : []));
  return alike.length === 1 ? (alike[0] ?? null) : null;
}
