// The production deps for reading tasks, put together for one project. Apart from the other deps, because `--list`
// loads only these.

import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TaskReadingDeps } from '../../engine/tasks/task-reading.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { systemClock } from '../../system/clock.ts';
import { bootId, lifeOf } from '../../system/process/identity.ts';
import { statePath } from '../../system/state/state-files.ts';
import { ofHub } from '../../system/state/of-hub.ts';
import { stateSnapshot, type StateSnapshot } from '../../system/state/state-snapshot.ts';
import { hasStateElsewhere, locateState } from '../../system/state/state-location.ts';
import { branchSnapshot, type BranchSnapshot } from '../../system/worktree/branch-snapshot.ts';
import { directoryIdentity, taskSnapshot } from '../../system/state/task-snapshot.ts';
import { tasksSnapshot } from '../../system/state/tasks-snapshot.ts';

export type ListingDeps = TaskReadingDeps & {
  /** Why no task can be listed; null if they can be. */
  problem: string | null;
  /** Tasks that were read whose branches have moved since it was counted how far they are ahead. */
  uncounted: ReadonlySet<string>;
  /** Unsorted. */
  names(): string[];
  close(): void;
};

/** For a list of all tasks: each directory is read once for all of them. */
export function listingDeps(paths: ProjectPaths): ListingDeps {
  const { project, home } = paths;
  const deps = readingDeps(paths);
  const tasks = tasksSnapshot(project);
  const uncounted = new Set<string>();
  const withState = new Set(namesOfState(dirname(statePath(home, project, 'any'))));
  return {
    ...deps,
    problem: tasks.problem,
    names: tasks.names,
    task: tasks.task,
    state: (name) =>
      withState.has(name) || hasStateElsewhere(home, project, name) ? deps.state(name) : noState,
    uncounted,
    branch: (name) => {
      if (!withState.has(name)) return null;
      const found = branchOf(paths, name);
      if (found?.isStale === true) uncounted.add(name);
      return found?.branch ?? null;
    },
    close: tasks.close,
  };
}

function branchOf({ project, home }: ProjectPaths, name: string): BranchSnapshot | null {
  const state = locateState(home, project, name);
  return branchSnapshot(state, () => directoryIdentity(project, name));
}

const noState: StateSnapshot = {
  isThere: () => false,
  readRecord: () => null,
  readLastTimes: () => '',
  readFiles: () => '',
  archivedAt: () => null,
};

function namesOfState(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // No task of this project has ever run, or the directory cannot be read.
    return [];
  }
}

export function readingDeps({ project, home }: ProjectPaths): TaskReadingDeps {
  return {
    task: (name) => taskSnapshot(project, name),
    state: (name) => stateSnapshot(locateState(home, project, name)),
    branch: (name) => branchOf({ project, home }, name)?.branch ?? null,
    isOfHub: (name) => ofHub(home, project, name) !== null,
    lifeOf,
    bootId: bootId(),
    now: systemClock.now,
  };
}
