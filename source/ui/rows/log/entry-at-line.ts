// Which entry a line of the log belongs to: several entries may span it, such as a command that runs while others come.

import type { Entry } from '../../../core/log/entry.ts';

/** The index of the last entry that may have a line at `offset`; -1 if none does. */
export function indexOfLine(entries: readonly Entry[], offset: number): number {
  return entries.findLastIndex((entry) => hasLineAt(entry, offset));
}

/** A session has its first and its last line; those in between belong to other entries. */
function hasLineAt({ offset: first, lastOffset: last, body }: Entry, offset: number): boolean {
  if (body.kind === 'session') return first === offset || last === offset;
  return first <= offset && last >= offset;
}
