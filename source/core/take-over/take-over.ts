// A take-over: the user works in a task's conversation, in Codex's own screen. Its record lies in the task's state directory
// from before Codex is opened until what was used there is booked: a dashboard that dies meanwhile loses nothing.

import {
  countField,
  listField,
  numberField,
  objectField,
  textField,
  type JsonObject,
} from '../json/json.ts';
import type { Usage } from '../codex/log-event.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';
import { readTree, type TreeName } from '../stage/tree.ts';
import { isThreadId } from '../task/task.ts';

export type TakeOver = {
  readonly uuid: string;
  readonly threadId: string;
  /** The process that lends the terminal. */
  readonly pid: number;
  readonly startedAt: number;
  /** The conversation's totals before; null if Codex's own record does not say. */
  readonly before: Usage | null;
  /** The project's files before; null if they could not be looked at. */
  readonly tree: TreeName | null;
  /** Null while it is open, and for good if the process died meanwhile. */
  readonly ended: TakeOverEnd | null;
};

export type TakeOverEnd = {
  readonly at: number;
  readonly totals: Usage | null;
  /** The files that changed meanwhile. */
  readonly files: readonly string[];
};

export function takeOverJson(
  { tree, ...rest }: TakeOver,
  directory: DirectoryIdentity,
): JsonObject {
  return { version: 1, directory, ...rest, tree: tree && { kind: tree.kind, id: tree.id } };
}

/** Null for anything else, and for another task's. */
export function readTakeOver(
  json: JsonObject | null,
  directory: DirectoryIdentity | null,
): TakeOver | null {
  if (json === null || json['version'] !== 1 || directory === null) return null;
  const kept = readDirectoryIdentity(objectField(json, 'directory') ?? {});
  const [uuid, threadId] = [textField(json, 'uuid'), textField(json, 'threadId')];
  if (!isSameDirectory(kept, directory) || uuid === null || threadId === null) return null;
  if (!isThreadId(uuid) || !isThreadId(threadId)) return null;
  const ended = objectField(json, 'ended');
  return {
    uuid,
    threadId,
    pid: countField(json, 'pid') ?? 0,
    startedAt: numberField(json, 'startedAt') ?? 0,
    before: readTotals(objectField(json, 'before')),
    tree: readTree(objectField(json, 'tree')),
    ended: ended && {
      at: numberField(ended, 'at') ?? 0,
      totals: readTotals(objectField(ended, 'totals')),
      files: listField(ended, 'files').filter((file) => typeof file === 'string'),
    },
  };
}

/** As this program writes them. */
export function readTotals(json: JsonObject | null): Usage | null {
  if (json === null) return null;
  return {
    inputTokens: countField(json, 'inputTokens') ?? 0,
    cachedInputTokens: countField(json, 'cachedInputTokens') ?? 0,
    outputTokens: countField(json, 'outputTokens') ?? 0,
    reasoningTokens: countField(json, 'reasoningTokens') ?? 0,
  };
}
