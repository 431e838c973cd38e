// What the files of a project were at one moment, in short: two of the same kind can be compared.

export type LeftOut = {
  /** Below the root, as the system shows it; `` is the root itself. */
  path: string;
  reason: 'too big' | 'too many new files' | 'filter' | 'unreadable' | 'submodule';
};

export type Tree = {
  /** `git`: the id of a tree object. `times`: a digest of the names, sizes and times of all files. */
  kind: 'git' | 'times';
  id: string;
  /** A change in one of these is not seen. */
  leftOut: readonly LeftOut[];
};

/** `unknown` where they cannot be compared. */
export function treeChange(before: Tree | null, after: Tree | null): TreeChange {
  if (before === null || after === null || before.kind !== after.kind) return 'unknown';
  return before.id === after.id ? 'unchanged' : 'changed';
}

type TreeChange = 'changed' | 'unchanged' | 'unknown';
