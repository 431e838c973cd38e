// A short text that changes when anything of a task does: what its files look like from outside, by stat alone.

import { lstatSync } from 'node:fs';
import { join } from 'node:path';

const watched = ['task_list.md', 'session.id', 'session.log'];

/**
 * Null when the task is gone. `stateDirectory` is null for a name that is not acted on. Synchronous: five stats
 * take some 15 µs.
 */
export function taskFingerprint(directory: string, stateDirectory: string | null): string | null {
  if (lstatSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) return null;
  const paths = ['', ...watched].map((name) => join(directory, name));
  if (stateDirectory !== null) paths.push(join(stateDirectory, 'run.json'));
  return paths.map(look).join(' ');
}

function look(path: string, index: number): string {
  try {
    const { ino, size, mtimeMs } = lstatSync(path);
    // The log grows all the time and says nothing about the row; that it is there does.
    return path.endsWith('session.log') ? `${ino}` : `${ino}:${size}:${mtimeMs}`;
  } catch {
    return `-${index}`;
  }
}

const shownCloser = ['task_list.md', 'progress.md', 'task.json'];

/** The same for what is shown of a task that is looked at closer. */
export function detailsFingerprint(directory: string, stateDirectory: string | null): string {
  const paths = ['', ...shownCloser].map((name) => join(directory, name));
  if (stateDirectory !== null) {
    paths.push(...['run.json', 'ticks'].map((name) => join(stateDirectory, name)));
  }
  return paths.map(look).join(' ');
}
