// The production deps of the observer and of the log feed.

import type { ProjectPaths } from '../project-paths.ts';
import { readingDeps } from './reading-deps.ts';
import { followLog, type LogFeed } from '../../engine/log/feed.ts';
import type { ObserverDeps } from '../../engine/tasks/observer.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { isTaskName } from '../../core/task/task.ts';
import { systemClock } from '../../system/clock.ts';
import { logFingerprint, taskFingerprint } from '../../system/state/fingerprint.ts';
import { indexLog } from '../../system/log/log-index.ts';
import { tailLog } from '../../system/log/tail.ts';
import { locateState } from '../../system/state/state-location.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { taskDirectory } from '../../system/state/task-directory.ts';
import { autonomousDirectory } from '../../system/state/task-files.ts';
import { taskNamesNow } from '../../system/state/task-snapshot.ts';
import { withinTime } from '../../system/time-limit.ts';
import { watchDirectory, watchTree } from '../../system/watch.ts';

export function observerDeps(paths: ProjectPaths): ObserverDeps {
  const { project, home } = paths;
  const reading = readingDeps(paths);
  return {
    clock: systemClock,
    names: () => Promise.resolve(taskNamesNow(project)),
    fingerprint: (name) => {
      const state = isTaskName(name) ? locateState(home, project, name) : null;
      return taskFingerprint(taskDirectory(project, name).path, state);
    },
    read: (name) => readTaskView(reading, name),
    lifeOf: reading.lifeOf,
    watch: (onHint) =>
      watchTree(autonomousDirectory(project), (path) => onHint(path?.split('/')[0] ?? null)),
  };
}

export function logFeedFor({ project, home }: ProjectPaths, task: string): LogFeed {
  const directory = taskDirectory(project, task);
  const state = isTaskName(task) ? stateDirectoryAt(locateState(home, project, task)) : null;
  return followLog({
    clock: systemClock,
    project,
    logPath: directory.logPath,
    directoryPath: directory.path,
    tailLog,
    indexLog,
    withinTime,
    readTimes: () => state?.readTimes() ?? Promise.resolve(''),
    fingerprint: () => logFingerprint(directory.logPath),
    watchDirectory,
  });
}
