// What the stage compares before and after a session: the project's files, and what decides how Codex and git work.

import { textField, type JsonObject } from '../json/json.ts';

/** A tree of the project's files, in short: two of one kind can be compared. */
export type TreeName = {
  /** `git`: the id of a tree object. `times`: a digest of the names, sizes and times of all files. */
  kind: 'git' | 'times';
  id: string;
};

/** Null for anything that is not such a name. */
export function readTree(fields: JsonObject | null): TreeName | null {
  if (fields === null) return null;
  const [kind, id] = [textField(fields, 'kind'), textField(fields, 'id')];
  return (kind === 'git' || kind === 'times') && id !== null && id !== '' ? { kind, id } : null;
}

/** `unknown` where they cannot be compared. */
export function treeChange(before: TreeName | null, after: TreeName | null): TreeChange {
  if (before === null || after === null || before.kind !== after.kind) return 'unknown';
  return before.id === after.id ? 'unchanged' : 'changed';
}

type TreeChange = 'changed' | 'unchanged' | 'unknown';

/** Digests by path, as the user knows it; a file that is missing is not in it. */
export type ConfigurationDigests = Readonly<Record<string, string>>;

/** The paths whose files came, went or changed, in their order. */
export function changedPaths(before: ConfigurationDigests, after: ConfigurationDigests): string[] {
  const paths = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...paths].filter((path) => before[path] !== after[path]).sort();
}
