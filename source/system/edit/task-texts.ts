// The texts of a task beside its list that the user may edit: its description, and the notes of its sessions. Each is
// replaced in one step, and only while it is what the user saw.

import { parsedObject, textField } from '../../core/json/json.ts';
import { inDirectory } from '../files/entered-directory.ts';
import { readSmallFile, replaceFile } from '../files/safe-file.ts';
import {
  descriptionOf,
  firstDescriptionOf,
  maxListBytes,
  maxRecordBytes,
} from '../state/task-files.ts';

export type TaskText = {
  /** Empty if there is none yet. */
  read(): Promise<{ text: string } | { problem: string }>;
  /** False, and nothing done, if it is not `before` any more. */
  replace(text: string, before: string): Promise<boolean>;
};

/** `progress.md`, all of it. Its mode stays: the user may have opened it to others. */
export function notesText(project: string, name: string): TaskText {
  const inside = insideOf(project, name);
  const readFrom = (at: string) => readSmallFile(`${at}/progress.md`, { maxBytes: maxListBytes });
  return {
    read: () =>
      inside(async (at) => {
        const file = await readFrom(at);
        return file?.truncated === true
          ? { problem: 'progress.md is longer than 1 MiB: shorten it' }
          : { text: file?.text ?? '' };
      }),
    replace: (text, before) =>
      inside(async (at) => {
        const file = await readFrom(at);
        if ((file?.text ?? '') !== before) return false;
        const mode = file === null ? 0o600 : file.stat.mode & 0o777;
        await replaceFile(`${at}/progress.md`, text, mode);
        return true;
      }),
  };
}

/** In `task.json`, which keeps the first description, too: by it a call with the same words still means this task. */
export function descriptionText(project: string, name: string, now: () => number): TaskText {
  const inside = insideOf(project, name);
  const readFrom = (at: string) => readSmallFile(`${at}/task.json`, { maxBytes: maxRecordBytes });
  return {
    read: () => inside(async (at) => ({ text: descriptionOf(await readFrom(at)) ?? '' })),
    replace: (description, before) =>
      inside(async (at) => {
        const file = await readFrom(at);
        if ((descriptionOf(file) ?? '') !== before) return false;
        const first = firstDescriptionOf(file);
        const fields = parsedObject(file?.text ?? '') ?? {};
        const record = {
          version: 1,
          description,
          created: textField(fields, 'created') ?? new Date(now()).toISOString(),
          ...(first === null || first === description ? {} : { startedWith: first }),
        };
        await replaceFile(`${at}/task.json`, JSON.stringify(record) + '\n');
        return true;
      }),
  };
}

function insideOf(project: string, name: string) {
  return <Result>(act: (at: string) => Promise<Result>): Promise<Result> =>
    inDirectory([project, '.autonomous', name], act);
}
