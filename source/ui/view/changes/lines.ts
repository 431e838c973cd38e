// Which lines of a patch are in view. The marked one is in the middle if there are lines around it, so that only the mark
// has to be stored.

import type { PatchSnapshot } from '../../../core/changes/changes.ts';
import { selectedFile, type ChangesPane } from './view.ts';

/** The patch of the selected file; null while its first lines are read. */
export function patchOf(pane: ChangesPane): PatchSnapshot | null {
  const patch = pane.snapshot?.patch ?? null;
  return patch !== null && patch.path === selectedFile(pane)?.path ? patch : null;
}

/** How many lines there are, as far as they were read. */
export function linesKnown(pane: ChangesPane): number {
  const patch = patchOf(pane);
  return patch === null ? 0 : (patch.total ?? patch.from + patch.lines.length);
}

/** The index of the marked line: never behind the last one that is known. */
export function markedLine(pane: ChangesPane): number {
  return Math.max(0, Math.min(pane.line, linesKnown(pane) - 1));
}

/** The index of the first line in view. */
export function topLine(pane: ChangesPane, height: number): number {
  const last = Math.max(0, linesKnown(pane) - height);
  return Math.max(0, Math.min(last, markedLine(pane) - Math.floor(height / 2)));
}
