// How the files of a task are interpreted, the same for every reader.

import { join } from 'node:path';
import { parsedObject, textField } from '../../core/json/json.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { isThreadId } from '../../core/task/task.ts';
import type { SmallFile } from '../files/plain-file.ts';

/** A longer checklist is refused: the user could not read it either. */
export const maxListBytes = 1024 * 1024;
export const maxThreadIdBytes = 200;
export const maxRecordBytes = 8 * 1024 * 1024;

export type ListFile =
  { kind: 'missing' } | { kind: 'unreadable'; sentence: string } | { kind: 'text'; text: string };

export function autonomousDirectory(project: string): string {
  return join(project, '.autonomous');
}

export function listFileOf(file: SmallFile | null): ListFile {
  if (file === null) return { kind: 'missing' };
  if (file.truncated) {
    return { kind: 'unreadable', sentence: 'task_list.md is longer than 1 MiB: shorten it' };
  }
  return { kind: 'text', text: file.text };
}

export function unreadableList(error: unknown): ListFile {
  return { kind: 'unreadable', sentence: `task_list.md cannot be read: ${errorMessage(error)}` };
}

/** From `task.json`. */
export function descriptionOf(file: SmallFile | null): string | null {
  const fields = file === null ? null : parsedObject(file.text);
  return fields === null ? null : textField(fields, 'description');
}

/** The one that the task was started with: the user may have changed it since. */
export function firstDescriptionOf(file: SmallFile | null): string | null {
  const fields = file === null ? null : parsedObject(file.text);
  return fields === null ? null : (textField(fields, 'startedWith') ?? descriptionOf(file));
}

export function threadIdOf(file: SmallFile | null): string | null {
  const text = file?.text.trim() ?? '';
  return isThreadId(text) ? text : null;
}

/** Of directories of tasks that are being deleted: no task has such a name, and none of them is listed. */
export const deletedPrefix = '.deleting-';
