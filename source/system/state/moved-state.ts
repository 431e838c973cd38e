// Brings what is known of a task to where it belongs now. Apart from finding it: who only looks moves nothing.

import { rename } from 'node:fs/promises';
import type { RunRecord } from '../../core/run/record.ts';
import { keptStatePath } from './state-location.ts';
import { takeLock } from '../files/lock.ts';
import { statePath } from './state-files.ts';
import { glanceAtState } from './state-snapshot.ts';

/** What is known of a task's directory, wherever it was kept. */
export type KeptState = {
  readRecord(): RunRecord | null;
  /**
   * Brings it to where it belongs, over what is there. Only the holder of the task's locks may. Says whether it lay
   * elsewhere; where another project runs a task there by now, it stays.
   */
  bringHere(): Promise<boolean>;
};

/** The record comes last: as long as it is there, the rest is found by it. Wishes were for another run. */
const brought = ['session.times', 'session.files', 'ticks', 'runner.log', 'run.json'];

export function keptState(home: string, project: string, task: string): KeptState {
  const path = (): string => keptStatePath(home, project, task);
  return {
    readRecord: () => glanceAtState(path()).readRecord(),
    bringHere: async () => {
      const [from, to] = [path(), statePath(home, project, task)];
      if (from === to) return false;
      const lock = await takeLock(`${from}/lock`, 0).catch(() => null);
      if (lock === null) return true;
      try {
        for (const name of brought) {
          // What can't be brought is as if it had never been; the run writes a record of its own.
          await rename(`${from}/${name}`, `${to}/${name}`).catch(() => {});
        }
      } finally {
        lock.release();
      }
      return true;
    },
  };
}
