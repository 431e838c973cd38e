// What the page "What it changed" asks for: the range, the file, and the lines around the one in view.

import type { ChangesQuery } from '../core/changes/changes.ts';
import { arrangementOf } from '../ui/view/changes/arrangement.ts';
import { selectedFile } from '../ui/view/changes/view.ts';
import { panesOf, type Scene } from '../ui/view/panes.ts';
import type { View } from '../ui/view/state.ts';

/** Null: the page is closed. */
export function changesQuery(view: View, scene: Scene): ChangesQuery | null {
  const { changes } = view;
  if (changes === null) return null;
  const pane = panesOf(view, scene).changes;
  const { task, visit, range, line, search } = changes;
  const file = pane === null ? null : selectedFile(pane);
  return {
    task,
    visit,
    range,
    path: file?.path ?? changes.path,
    line,
    // A terminal that is too small shows nothing.
    height: (pane === null ? null : arrangementOf(pane).lines?.height) ?? 20,
    seek: search?.state === 'seeking' ? search.seek : null,
  };
}
