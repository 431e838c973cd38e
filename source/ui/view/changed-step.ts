// The step that the user changed last: the details are read again only some time later, and until then the next key is
// about this step, wherever the mark is. As soon as they show it, the mark is on it.

import type { Scene } from './panes.ts';
import type { View } from './state.ts';

export function withChangedStep(view: View, { details }: Pick<Scene, 'details'>): View {
  const { changedStep, selected, page } = view;
  if (changedStep === null) return view;
  const { task, step } = changedStep;
  if (task !== selected || page !== 'steps') return { ...view, changedStep: null };
  if (details?.task !== task || details.steps[step.number - 1]?.text !== step.text) return view;
  return { ...view, changedStep: null, detailsAt: step.number - 1 };
}
