// A run works in one directory. Where that is not at its path any more (its project was moved, or it was deleted),
// nothing that the run could write would reach anybody, and Codex can't start a command.

import type { DirectoryIdentity } from '../../core/run/record.ts';
import type { RunnerDoors } from './runner-deps.ts';

export type DirectoryWatch = {
  /** The sentence that says so; null while the directory is where it was. */
  goneSentence(): Promise<string | null>;
  close(): void;
};

/** Nothing tells of a directory that one above it was moved. */
const lookEveryMs = 1000;

export function watchTaskDirectory(
  { task, clock }: Pick<RunnerDoors, 'task' | 'clock'>,
  directory: DirectoryIdentity,
  onGone: (sentence: string) => void,
): DirectoryWatch {
  const goneSentence = async (): Promise<string | null> => {
    const found = await task.identity();
    // Not by when it was made: an old system tells when it changed last instead.
    if (found?.device === directory.device && found.inode === directory.inode) return null;
    return `The task is not in ${task.path} any more: if it was moved, continue it where it is now`;
  };
  const look = async (): Promise<void> => {
    const sentence = await goneSentence();
    if (sentence === null) return;
    close();
    onGone(sentence);
  };
  // What can't be looked at may be there still.
  const close = clock.every(lookEveryMs, () => void look().catch(() => {}));
  return { goneSentence: () => goneSentence().catch(() => null), close };
}
