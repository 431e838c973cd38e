// Moves the state of a moved task to where it belongs now. Finding it is a file of its own: readers move nothing.

import { rename } from 'node:fs/promises';
import type { RunRecord } from '../../core/run/record.ts';
import { locateState } from './state-location.ts';
import { takeLock } from '../files/lock.ts';
import { outputNames } from './files/output-files.ts';
import { stageFileNames } from './files/stage-files.ts';
import { isOfAnotherTask } from './session-owner.ts';
import { statePath } from './state-files.ts';
import { stateSnapshot } from './state-snapshot.ts';
import { takeOverFileName } from '../take-over/take-over-file.ts';
import { archiveFileName } from './files/archive-file.ts';
import { preparedFileName, worktreeFileName } from './files/worktree-file.ts';

/** The state of a task's directory, wherever it was kept. */
export type StateLocation = {
  readRecord(): RunRecord | null;
  /**
   * Moves it to where it belongs, over what is there. Only the holder of the task's locks may call it. True if it was
   * elsewhere; it stays there if another project now runs a task from that place.
   */
  bringHere(): Promise<boolean>;
  /** Whether the record of another task names a session. */
  isOfAnotherTask(uuid: string): boolean;
};

/** The record comes last, since the rest is found through it. Control requests were for another run and stay. */
const brought = [
  'options.json',
  'checks.json',
  'session.times',
  'session.files',
  'session.copies',
  ...stageFileNames,
  'guidance',
  archiveFileName,
  worktreeFileName,
  preparedFileName,
  takeOverFileName,
  'ticks',
  'runner.log',
  'run.json',
];

export function stateLocation(home: string, project: string, task: string): StateLocation {
  const path = (): string => locateState(home, project, task);
  return {
    readRecord: () => stateSnapshot(path()).readRecord(),
    bringHere: async () => {
      const [from, to] = [path(), statePath(home, project, task)];
      if (from === to) return false;
      const lock = await takeLock(`${from}/lock`, 0).catch(() => null);
      if (lock === null) return true;
      try {
        for (const name of [...(await outputNames(from)), ...brought]) {
          // A file that cannot be moved counts as missing; the run writes its own record.
          await rename(`${from}/${name}`, `${to}/${name}`).catch(() => {});
        }
      } finally {
        lock.release();
      }
      return true;
    },
    isOfAnotherTask: (uuid) => isOfAnotherTask(home, statePath(home, project, task), uuid),
  };
}
