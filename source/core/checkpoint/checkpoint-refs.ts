// The names of a task's checkpoints in the repository: refs/autonomous/<hash of the project's path>/<task, encoded>/ and
// the session's number; 0 is before the first session. `before-7` holds what the user changed between sessions 6 and 7,
// until 7 has a checkpoint of its own.

import { isTaskName } from '../task/task.ts';
import { capital } from '../text/capital.ts';

export type Checkpoint = {
  /** The session after which it was made; 0: before the first. */
  session: number;
  ref: string;
  commit: string;
};

/** Where the checkpoints of all tasks of a project are. */
export function projectRefs(projectKey: string): string {
  return `refs/autonomous/${projectKey}`;
}

/** Two names stay two names where the file system ignores case, and none ends as git forbids it (`.lock`). */
export function checkpointDirectory(projectKey: string, task: string): string {
  if (!isTaskName(task)) throw new Error(`${JSON.stringify(task)} is not a valid task name`);
  return checkpointDirectoryIn(projectRefs(projectKey), task);
}

/** The task that a ref below `projectRefs` belongs to; null if it is none of ours. */
export function taskOfRef(ref: string, directory: string): string | null {
  if (!ref.startsWith(`${directory}/`)) return null;
  const [encoded = '', name, ...more] = ref.slice(directory.length + 1).split('/');
  const task = encoded.replaceAll(/%([0-9a-f]{2})/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
  const isOurs = name !== undefined && more.length === 0 && isTaskName(task);
  return isOurs && ref === `${checkpointDirectoryIn(directory, task)}/${name}` ? task : null;
}

function checkpointDirectoryIn(directory: string, task: string): string {
  const encoded = task.replaceAll(/[^a-z0-9_-]/g, (char) => `%${hex(char)}`);
  return `${directory}/${encoded}`;
}

export function checkpointRef(directory: string, session: number): string {
  return `${directory}/${session}`;
}

export function beforeRef(directory: string, session: number): string {
  return `${directory}/before-${session}`;
}

/** A session by its number; an undo, which can be looked at and taken back like one, by its name: `undo-1`. */
export type SessionName = number | `undo-${number}`;

export function undoRef(directory: string, number: number): string {
  return `${directory}/undo-${number}`;
}

/** The number of the next undo. From lines that begin with a ref. */
export function nextUndoNumber(text: string, directory: string): number {
  const numbers = text.split('\n').map((line) => {
    const [ref = ''] = line.split(' ');
    if (!ref.startsWith(`${directory}/`)) return 0;
    return Number(/^undo-([1-9]\d{0,8})$/.exec(ref.slice(directory.length + 1))?.[1] ?? 0);
  });
  return numbers.reduce((most, number) => Math.max(most, number), 0) + 1;
}

/** From lines of `<ref> <commit>`; by session, and without what is no checkpoint. */
export function checkpointsIn(text: string, directory: string): Checkpoint[] {
  const found = text.split('\n').flatMap((line): Checkpoint[] => {
    const [ref = '', commit = ''] = line.split(' ');
    const number = /^\/(0|[1-9]\d{0,8})$/.exec(ref.slice(directory.length))?.[1];
    return number === undefined || !ref.startsWith(directory)
      ? []
      : [{ session: Number(number), ref, commit }];
  });
  return found.sort((a, b) => a.session - b.session);
}

export function checkpointMessage(
  task: string,
  { session, moment }: { session: SessionName; moment: 'before' | 'after' },
): string {
  const name = typeof session === 'number' ? `session ${session}` : session;
  const subject = moment === 'before' ? `Before ${name}` : capital(name);
  return `${subject} of ${task}\n\nAutonomous-Task: ${task}\nAutonomous-Session: ${session}\n`;
}

function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).padStart(2, '0');
}
