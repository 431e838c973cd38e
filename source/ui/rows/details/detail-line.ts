// The lines of the details pages, before they become rows, and the targets that some of them have in the log.

import type { StyleRun } from '../row.ts';

export type DetailLine = {
  readonly left: readonly StyleRun[];
  /** At the right edge; `left` is cut to make room for it. */
  readonly right?: readonly StyleRun[];
  /** Replaces `right` while the line is marked. */
  readonly rightMarked?: readonly StyleRun[];
  /** Where Enter goes; the mark skips a line without a target. */
  readonly target?: DetailTarget;
};

export type DetailTarget =
  | { readonly kind: 'step'; readonly number: number }
  | { readonly kind: 'session'; readonly number: number };
