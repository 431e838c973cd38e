// A task's options as they are kept in its state directory, where the agent cannot write:
//
//   {"version":1,"directory":{…},"model":"gpt-5.5","profile":null,"codex":null,"arguments":["-c","x=1"]}

import { objectField, textField, type JsonObject } from '../json/json.ts';
import { readDirectoryIdentity } from '../run/record-reader.ts';
import { isSameDirectory, type DirectoryIdentity } from '../run/record.ts';
import { noTaskOptions, type TaskOptions } from './options.ts';

/** The fields in the order of the type, whatever the order they came in. */
export function optionsRecord(options: TaskOptions, directory: DirectoryIdentity): object {
  const { model, profile, codex } = options;
  return { version: 1, directory, model, profile, codex, arguments: options.arguments };
}

/** Those of this directory; none for a task that was deleted since, and for anything that is not such a record. */
export function readTaskOptions(
  json: JsonObject | null,
  directory: DirectoryIdentity | null,
): TaskOptions {
  if (json === null || directory === null || json['version'] !== 1) return noTaskOptions;
  const kept = readDirectoryIdentity(objectField(json, 'directory') ?? {});
  if (!isSameDirectory(kept, directory)) return noTaskOptions;
  const extra = json['arguments'];
  const isText = (value: unknown): value is string => typeof value === 'string';
  return {
    model: textField(json, 'model'),
    profile: textField(json, 'profile'),
    codex: textField(json, 'codex'),
    arguments: Array.isArray(extra) && extra.every(isText) ? extra : [],
  };
}
