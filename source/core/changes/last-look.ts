// When the user last looked at what a task changed, and what the files were then (`look.json` in the state directory):
//
//   {"version":1,"directory":{…},"tree":"1f2…","session":4,"at":1769684647000}

import { countField, objectField, textField, type JsonObject } from '../json/json.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';

export type LastLook = {
  /** The id of a tree. Nothing holds it: after weeks git may have removed it. */
  readonly tree: string;
  /** The last session with a checkpoint then, which stands in for it. */
  readonly session: number;
  readonly at: number;
};

export function lastLookJson(look: LastLook, directory: DirectoryIdentity): object {
  return { version: 1, directory, ...look };
}

/** Null for a task that was deleted since, and for anything that is not such a record. */
export function readLastLook(
  json: JsonObject | null,
  directory: DirectoryIdentity | null,
): LastLook | null {
  if (json === null || directory === null || json['version'] !== 1) return null;
  const kept = readDirectoryIdentity(objectField(json, 'directory') ?? {});
  if (!isSameDirectory(kept, directory)) return null;
  const [tree, session, at] = [
    textField(json, 'tree'),
    countField(json, 'session'),
    countField(json, 'at'),
  ];
  if (tree === null || !/^[0-9a-f]{40,64}$/.test(tree)) return null;
  return session === null || at === null ? null : { tree, session, at };
}
