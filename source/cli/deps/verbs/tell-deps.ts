// The production deps for telling a task something, and for taking it back.

import type { RunnerClient } from '../../../engine/tasks/runner-client.ts';
import { readTaskView } from '../../../engine/tasks/task-reading.ts';
import type { TellDeps } from '../../../engine/tasks/tell-task.ts';
import { systemClock } from '../../../system/clock.ts';
import { locateState } from '../../../system/state/state-location.ts';
import { stateDirectoryAt } from '../../../system/state/state-directory.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';
import type { ProjectPaths } from '../../project-paths.ts';
import { readingDeps } from '../reading-deps.ts';

export function tellDepsFor(paths: ProjectPaths, name: string, client: RunnerClient): TellDeps {
  const { project, home } = paths;
  return {
    task: taskDirectory(project, name),
    state: stateDirectoryAt(locateState(home, project, name)),
    client,
    view: () => readTaskView(readingDeps(paths), name),
    now: systemClock.now,
    pause: (ms) =>
      new Promise((resolve) => void systemClock.wakeAt(systemClock.now() + ms, resolve)),
  };
}
