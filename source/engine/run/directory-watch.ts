// Watches that the task's directory is still at its path. Once it is moved or deleted, nothing the run writes
// reaches the task, and Codex cannot start a command.

import type { DirectoryIdentity } from '../../core/run/record.ts';
import type { RunnerDeps } from './runner-deps.ts';

type DirectoryWatch = {
  /** A sentence that says the directory is gone; null while it is in place. */
  goneSentence(): Promise<string | null>;
  close(): void;
};

/** Polled: no watcher reports that a parent directory was moved. */
const lookEveryMs = 1000;

export function watchTaskDirectory(
  { task, clock }: Pick<RunnerDeps, 'task' | 'clock'>,
  directory: DirectoryIdentity,
  onGone: (sentence: string) => void,
): DirectoryWatch {
  const goneSentence = async (): Promise<string | null> => {
    const found = await task.identity();
    // Birth time is not compared: old systems report the last change instead.
    if (found?.device === directory.device && found.inode === directory.inode) return null;
    return `The task is no longer in ${task.path}: if it was moved, continue it from its new location`;
  };
  const look = async (): Promise<void> => {
    const sentence = await goneSentence();
    if (sentence === null) return;
    close();
    onGone(sentence);
  };
  // A directory that cannot be read may still be there.
  const close = clock.every(lookEveryMs, () => void look().catch(() => {}));
  return { goneSentence: () => goneSentence().catch(() => null), close };
}
