// The real doors for looking at tasks, put together for one project. Apart from the others, because `--list` loads
// these and no more.

import type { TaskReadingDoors } from './engine/task-reading.ts';
import { bootId, isAlive } from './system/process-identity.ts';
import { readSmallFileNow } from './system/plain-file.ts';
import { runRecordOf, stateLimit, statePath } from './system/state-files.ts';
import { glanceAtTask } from './system/task-glance.ts';

export type Place = {
  /** The project's real path. */
  project: string;
  /** Where state lies, see stateHome(). */
  home: string;
};

export function readingDoors({ project, home }: Place): TaskReadingDoors {
  return {
    task: (name) => glanceAtTask(project, name),
    state: (name) => ({
      readRecord: () => {
        const path = `${statePath(home, project, name)}/run.json`;
        return Promise.resolve(runRecordOf(readSmallFileNow(path, stateLimit)));
      },
    }),
    isAlive,
    bootId: bootId(),
    now: () => Date.now(),
  };
}
