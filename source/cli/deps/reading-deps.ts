// The production deps for reading tasks, put together for one project. Apart from the other deps, because `--list`
// loads only these.

import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TaskReadingDoors } from '../../engine/tasks/task-reading.ts';
import type { Place } from '../project-paths.ts';
import { bootId, isAlive } from '../../system/process/identity.ts';
import { statePath } from '../../system/state/state-files.ts';
import { glanceAtState, type StateGlance } from '../../system/state/state-snapshot.ts';
import { hasStateElsewhere, keptStatePath } from '../../system/state/state-location.ts';
import { glanceAtTask, glanceAtTasks } from '../../system/state/task-snapshot.ts';

export type ListingDoors = TaskReadingDoors & {
  /** Unsorted. */
  names(): string[];
  close(): void;
};

/** For a list of all tasks: each directory is read once for all of them. */
export function listingDoors(place: Place): ListingDoors {
  const { project, home } = place;
  const doors = readingDoors(place);
  const tasks = glanceAtTasks(project);
  const withState = new Set(namesOfState(dirname(statePath(home, project, 'any'))));
  return {
    ...doors,
    names: tasks.names,
    task: tasks.task,
    state: (name) =>
      withState.has(name) || hasStateElsewhere(home, project, name) ? doors.state(name) : noState,
    close: tasks.close,
  };
}

const noState: StateGlance = {
  readRecord: () => null,
  readLastTimes: () => '',
  readFiles: () => '',
};

function namesOfState(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // No task of this project has ever run, or the directory cannot be read.
    return [];
  }
}

export function readingDoors({ project, home }: Place): TaskReadingDoors {
  return {
    task: (name) => glanceAtTask(project, name),
    state: (name) => glanceAtState(keptStatePath(home, project, name)),
    isAlive,
    bootId: bootId(),
    now: () => Date.now(),
  };
}
