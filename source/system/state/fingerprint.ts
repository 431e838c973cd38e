// A short text that changes when anything of a task does: what its files look like from outside, by stat alone.

import { lstatSync, type Stats } from 'node:fs';

const watched = ['task_list.md', 'session.id', 'session.log'];

/**
 * Null when the task is gone. `stateDirectory` is null for a name that is not acted on. Synchronous: six stats
 * take some 15 µs.
 */
export function taskFingerprint(directory: string, stateDirectory: string | null): string | null {
  const directoryStat = lstatSync(directory, { throwIfNoEntry: false });
  if (directoryStat?.isDirectory() !== true) return null;
  const paths = watched.map((name) => `${directory}/${name}`);
  if (stateDirectory !== null) {
    paths.push(`${stateDirectory}/run.json`, `${stateDirectory}/session.files`);
  }
  return [fingerprintOf(directoryStat, 0), ...paths.map(look)].join(' ');
}

function look(path: string, index: number): string {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    // The log grows all the time and says nothing about the row; that it is there does.
    return path.endsWith('session.log') ? String(stat?.ino) : fingerprintOf(stat, index);
  } catch {
    return `-${index}`;
  }
}

/** To throw for what is not there would take longer than to look. */
function fingerprintOf(stat: Stats | undefined, index: number): string {
  return stat === undefined ? `-${index}` : `${stat.ino}:${stat.size}:${stat.mtimeMs}`;
}

const shownCloser = ['task_list.md', 'progress.md', 'task.json'];

/** The same for what is shown of a task that is looked at closer. */
export function detailsFingerprint(directory: string, stateDirectory: string | null): string {
  const paths = ['', ...shownCloser].map((name) => `${directory}/${name}`);
  if (stateDirectory !== null) {
    paths.push(...['run.json', 'ticks'].map((name) => `${stateDirectory}/${name}`));
  }
  return paths.map(look).join(' ');
}

/** How old a change must be before an equal stat proves that there was none since: clocks of file systems tick. */
const settledAfterMs = 2000;

/** The same for a log that somebody reads. Null where an equal one would prove nothing. */
export function logFingerprint(path: string): string | null {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return '-';
    const { dev, ino, size, mtimeMs, ctimeMs } = stat;
    return Date.now() - ctimeMs < settledAfterMs
      ? null
      : [dev, ino, size, mtimeMs, ctimeMs].join(':');
  } catch {
    return null;
  }
}
