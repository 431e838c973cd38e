// What the pages of the details are made of: lines that are not yet rows, and what some of them stand for.

import type { StyleRun } from '../row.ts';

export type DetailLine = {
  readonly left: readonly StyleRun[];
  /** At the right edge; `left` gives way to it. */
  readonly right?: readonly StyleRun[];
  /** In place of it while the line is marked. */
  readonly rightMarked?: readonly StyleRun[];
  /** What Enter goes to; a line without it is passed over by the mark. */
  readonly target?: DetailTarget;
};

export type DetailTarget =
  | { readonly kind: 'step'; readonly number: number }
  | { readonly kind: 'session'; readonly number: number };
