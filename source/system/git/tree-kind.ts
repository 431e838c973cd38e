// What the files of a project were at one moment, and what of them is not in it.

import type { TreeName } from '../../core/stage/tree.ts';

export type LeftOut = {
  /** Below the root, as the system shows it; `` is the root itself. */
  path: string;
  reason: 'too big' | 'too many new files' | 'filter' | 'unreadable' | 'submodule';
};

export type Tree = TreeName & {
  /** A change in one of these is not seen. */
  leftOut: readonly LeftOut[];
  /** Of `times`: why git could not take it; absent where there is no repository. */
  whyNoGit?: string;
};
