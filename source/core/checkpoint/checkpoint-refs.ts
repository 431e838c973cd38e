// The names of a task's checkpoints in the repository: refs/autonomous/<hash of the project's path>/<task, encoded>/ and
// the session's number; 0 is before the first session. `before-7` holds what the user changed between sessions 6 and 7,
// until 7 has a checkpoint of its own.

import { isTaskName } from '../task/task.ts';

export type Checkpoint = {
  /** The session after which it was made; 0: before the first. */
  session: number;
  ref: string;
  commit: string;
};

/** Two names stay two names where the file system ignores case, and none ends as git forbids it (`.lock`). */
export function checkpointDirectory(projectKey: string, task: string): string {
  if (!isTaskName(task)) throw new Error(`${JSON.stringify(task)} is not a valid task name`);
  const encoded = task.replaceAll(/[^a-z0-9_-]/g, (char) => `%${hex(char)}`);
  return `refs/autonomous/${projectKey}/${encoded}`;
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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).padStart(2, '0');
}
