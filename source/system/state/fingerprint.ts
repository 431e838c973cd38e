// A fingerprint: a short text that changes when anything about a task does, made by stat alone.

import { lstatSync, type Stats } from 'node:fs';

const watched = ['task_list.md', 'session.id', 'session.log'];

/**
 * Null when the task is gone. `stateDirectory` is null for an invalid name. Synchronous: seven stats take about 15 µs.
 */
export function taskFingerprint(directory: string, stateDirectory: string | null): string | null {
  const directoryStat = lstatSync(directory, { throwIfNoEntry: false });
  if (directoryStat?.isSymbolicLink() === true) return fingerprintOf(directoryStat, 0);
  if (directoryStat?.isDirectory() !== true) return null;
  const paths = watched.map((name) => `${directory}/${name}`);
  if (stateDirectory !== null) {
    const ofState = ['run.json', 'session.files', 'archived.json'];
    paths.push(...ofState.map((name) => `${stateDirectory}/${name}`));
  }
  return [fingerprintOf(directoryStat, 0), ...paths.map(look)].join(' ');
}

function look(path: string, index: number): string {
  try {
    const stat = lstatSync(path, { throwIfNoEntry: false });
    // The log grows all the time without changing the row; only its existence matters.
    return path.endsWith('session.log') ? String(stat?.ino) : fingerprintOf(stat, index);
  } catch {
    return `-${index}`;
  }
}

/** Takes undefined for a missing file: an exception would cost more than the stat. */
function fingerprintOf(stat: Stats | undefined, index: number): string {
  return stat === undefined ? `-${index}` : `${stat.ino}:${stat.size}:${stat.mtimeMs}`;
}

const shownCloser = ['task_list.md', 'progress.md', 'task.json'];
const stateShownCloser = [
  'run.json',
  'options.json',
  'ticks',
  'unproven.json',
  'list.replaced',
  'guidance',
];

/** The same for what the details pane shows. */
export function detailsFingerprint(directory: string, stateDirectory: string | null): string {
  const isLink = lstatSync(directory, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const paths = isLink ? [directory] : ['', ...shownCloser].map((name) => `${directory}/${name}`);
  if (stateDirectory !== null) {
    paths.push(...stateShownCloser.map((name) => `${stateDirectory}/${name}`));
  }
  return paths.map(look).join(' ');
}

/** How old a change must be before an equal stat proves there was none since: file system clocks are coarse. */
const settledAfterMs = 2000;

/** The same for an open log. Null if an equal fingerprint would prove nothing. */
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
