// What the stage after a session needs of its beginning and its course, kept in the state directory (`stage.json`),
// since another runner may have to do the stage:
//
//   {"version":1,"directory":{…},"session":"<uuid>","tree":{"kind":"git","id":"…"},"facts":null,"restoredWords":[],…}

import type { CommandFact } from '../evidence/evidence.ts';
import {
  field,
  isObject,
  listField,
  numberField,
  objectField,
  textField,
  type JsonObject,
} from '../json/json.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';
import { readTree, type ConfigurationDigests, type TreeName } from './tree.ts';

/** What is known at a session's end. */
type StageFacts = {
  commands: readonly CommandFact[];
  /** A session of another task worked in the same files meanwhile. */
  overlapped: boolean;
  /** A file of the project that the session itself patched; null if none is known. */
  patched: string | null;
  /** One runner saw all of the session: it knows which changes of the list are the user's. */
  watched: boolean;
};

/** What the guard found and does about it: written before it does it, so that a later runner can finish it. */
export type GuardWork = {
  /** For the log and the screen. */
  lines: readonly string[];
  /** For the next session. */
  told: string | null;
  restoredWords: readonly string[];
  /** The words of the steps that this session reworded and that have them back. */
  reworded: readonly string[];
};

export type StageMemory = {
  /** The uuid of the session that it is about. */
  session: string;
  /** The project's files when the session began; null if nobody could look. */
  tree: TreeName | null;
  /** Of what decides how Codex and git work here, by path, when the session began. */
  configuration: ConfigurationDigests;
  /** Null until the session has ended. */
  facts: StageFacts | null;
  /** What the guards before this session's gave their old words back to. */
  restoredWords: readonly string[];
  /** Null until the guard has found something. */
  guard: GuardWork | null;
  /** What the task's checkpoints have said: each thing is said once. */
  said: readonly string[];
};

export function stageMemoryJson(memory: StageMemory, directory: DirectoryIdentity): object {
  return { version: 1, directory, ...memory };
}

/** Null for a task that was deleted since, and for anything that is not such a record. */
export function readStageMemory(
  json: JsonObject | null,
  directory: DirectoryIdentity | null,
): StageMemory | null {
  if (json === null || directory === null || json['version'] !== 1) return null;
  const kept = readDirectoryIdentity(objectField(json, 'directory') ?? {});
  const session = textField(json, 'session');
  if (session === null || !isSameDirectory(kept, directory)) return null;
  return {
    session,
    tree: readTree(objectField(json, 'tree')),
    configuration: Object.fromEntries(
      Object.entries(objectField(json, 'configuration') ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
    facts: readFacts(objectField(json, 'facts')),
    restoredWords: textsField(json, 'restoredWords'),
    guard: readGuard(objectField(json, 'guard')),
    said: textsField(json, 'said'),
  };
}

function readFacts(fields: JsonObject | null): StageFacts | null {
  if (fields === null) return null;
  return {
    overlapped: field(fields, 'overlapped') !== false,
    watched: field(fields, 'watched') === true,
    patched: textField(fields, 'patched'),
    commands: listField(fields, 'commands').flatMap((one) => {
      if (!isObject(one)) return [];
      const command = textField(one, 'command');
      const openAtWrite = field(one, 'openAtWrite') !== false;
      return command === null
        ? []
        : [{ command, exitCode: numberField(one, 'exitCode'), openAtWrite }];
    }),
  };
}

function readGuard(fields: JsonObject | null): GuardWork | null {
  if (fields === null) return null;
  return {
    lines: textsField(fields, 'lines'),
    told: textField(fields, 'told'),
    restoredWords: textsField(fields, 'restoredWords'),
    reworded: textsField(fields, 'reworded'),
  };
}

function textsField(fields: JsonObject, name: string): string[] {
  return listField(fields, name).filter((one) => typeof one === 'string');
}
