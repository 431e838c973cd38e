// A task's options as they are kept in its state directory, where the agent cannot write:
//
//   {"version":1,"directory":{…},"model":"gpt-5.5","profile":null,"codex":null,"arguments":["-c","x=1"],
//    "checks":["npm test"],"checkNetwork":false,"review":null,"worktree":false,"planFirst":null,"maxTokens":5000000,
//    "maxTimeMs":null,"hours":"22:00-07:00","after":null,"maxSessions":20,"pinned":false,"fullAccessOnce":false}

import { countField, objectField, textField, type JsonObject } from '../json/json.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';
import { hoursText, readHours } from '../limits/hours.ts';
import type { TaskLimits } from '../limits/limits.ts';
import { isTaskName } from './task.ts';
import { noTaskOptions, type TaskOptions } from './options.ts';

/** The fields in the order of the type, whatever the order they came in. */
export function optionsRecord(options: TaskOptions, directory: DirectoryIdentity): object {
  const { model, profile, codex, checks, checkNetwork, review, worktree, planFirst, ...rest } =
    options;
  const { maxTokens, maxTimeMs, hours, after } = rest;
  const limits = { maxTokens, maxTimeMs, hours: hours && hoursText(hours), after };
  const extra = options.arguments;
  const own = {
    model,
    profile,
    codex,
    arguments: extra,
    checks,
    checkNetwork,
    review,
    worktree,
    planFirst,
    ...limits,
    maxSessions: options.maxSessions,
    pinned: options.pinned,
    fullAccessOnce: options.fullAccessOnce,
  };
  return { version: 1, directory, ...own };
}

/** Those of this directory; none for a task that was deleted since, and for anything that is not such a record. */
export function readTaskOptions(
  json: JsonObject | null,
  directory: DirectoryIdentity | null,
): TaskOptions {
  return writtenTaskOptions(json, directory) ?? noTaskOptions;
}

/** Null where that gives none. */
export function writtenTaskOptions(
  json: JsonObject | null,
  directory: DirectoryIdentity | null,
): TaskOptions | null {
  if (json === null || directory === null || json['version'] !== 1) return null;
  const kept = readDirectoryIdentity(objectField(json, 'directory') ?? {});
  if (!isSameDirectory(kept, directory)) return null;
  return {
    model: textField(json, 'model'),
    profile: textField(json, 'profile'),
    codex: textField(json, 'codex'),
    arguments: texts(json['arguments']) ?? [],
    checks: texts(json['checks']),
    checkNetwork: json['checkNetwork'] === true,
    review: typeof json['review'] === 'boolean' ? json['review'] : null,
    worktree: json['worktree'] === true,
    // Absent in records of older versions.
    planFirst: typeof json['planFirst'] === 'boolean' ? json['planFirst'] : null,
    maxSessions: countField(json, 'maxSessions'),
    pinned: json['pinned'] === true,
    fullAccessOnce: json['fullAccessOnce'] === true,
    ...readLimits(json),
  };
}

/** A budget that cannot be read is none, and a task that is no valid name is not waited for. */
function readLimits(json: JsonObject): TaskLimits {
  const after = textField(json, 'after');
  return {
    maxTokens: countField(json, 'maxTokens'),
    maxTimeMs: countField(json, 'maxTimeMs'),
    hours: readHours(textField(json, 'hours') ?? ''),
    after: after !== null && isTaskName(after) ? after : null,
  };
}

function texts(value: unknown): readonly string[] | null {
  const isText = (part: unknown): part is string => typeof part === 'string';
  return Array.isArray(value) && value.every(isText) ? value : null;
}
