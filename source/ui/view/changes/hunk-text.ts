// The hunk around the marked line as text, as it stands in a patch.

import type { PatchLine } from '../../../core/changes/changes.ts';
import { markedLine, patchOf } from './lines.ts';
import type { ChangesPane } from './view.ts';

/** Null if there is none. Of a long hunk only what is in memory. */
export function hunkText(pane: ChangesPane): string | null {
  const patch = patchOf(pane);
  if (patch === null) return null;
  const at = markedLine(pane) - patch.from;
  const { lines } = patch;
  const start = Math.max(
    0,
    lines.slice(0, at + 1).findLastIndex(({ kind }) => kind === 'hunk'),
  );
  const length = lines.slice(start + 1).findIndex(({ kind }) => kind === 'hunk');
  const hunk = lines.slice(start, length === -1 ? undefined : start + 1 + length);
  return hunk.length === 0 ? null : hunk.map(textOf).join('\n');
}

const signs = { hunk: '', note: '\\ ', added: '+', removed: '-', same: ' ' } as const;

function textOf({ kind, text }: PatchLine): string {
  return signs[kind] + text;
}
