// The production deps of the observer and of the log feed.

import { dirname } from 'node:path';
import type { ProjectPaths } from '../project-paths.ts';
import { copyDepsFor } from './copy-deps.ts';
import { readingDeps } from './reading-deps.ts';
import { followLog, type LogFeed } from '../../engine/log/feed.ts';
import { lastSessionOf } from '../../engine/log/last-session.ts';
import { tailRunning, type LastSession } from '../../engine/log/running-tail.ts';
import type { ObserverDeps } from '../../engine/tasks/observer.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { isTaskName } from '../../core/task/task.ts';
import { systemClock } from '../../system/clock.ts';
import { logFingerprint, taskFingerprint } from '../../system/state/fingerprint.ts';
import { indexLog } from '../../system/log/log-index.ts';
import { tailLog } from '../../system/log/tail.ts';
import { locateState } from '../../system/state/state-location.ts';
import { outputPath } from '../../system/state/files/output-files.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { stateSnapshot } from '../../system/state/state-snapshot.ts';
import { taskDirectory } from '../../system/state/task-directory.ts';
import { autonomousDirectory } from '../../system/state/task-files.ts';
import { directoryIdentity, logPathForReading } from '../../system/state/task-snapshot.ts';
import { withinTime } from '../../system/time-limit.ts';
import { branchFingerprint } from '../../system/worktree/branch-snapshot.ts';
import { countAhead } from '../../system/worktree/count-ahead.ts';
import { watchDirectory, watchTree } from '../../system/watch.ts';
import { taskNamesNow } from '../../system/state/tasks-snapshot.ts';

export function observerDeps(paths: ProjectPaths): ObserverDeps {
  const { project, home } = paths;
  const reading = readingDeps(paths);
  return {
    clock: systemClock,
    names: () => Promise.resolve(taskNamesNow(project)),
    fingerprint: (name) => {
      const state = isTaskName(name) ? locateState(home, project, name) : null;
      const fingerprint = taskFingerprint(taskDirectory(project, name).path, state);
      if (fingerprint === null || state === null) return fingerprint;
      return fingerprint + branchFingerprint(state, () => directoryIdentity(project, name));
    },
    read: async (name) => {
      if (isTaskName(name)) {
        const directory = directoryIdentity(project, name);
        const state = locateState(home, project, name);
        await countAhead({ project, state, directory, environment: process.env });
      }
      return readTaskView(reading, name);
    },
    lifeOf: reading.lifeOf,
    watch: (onHint) =>
      watchTree(autonomousDirectory(project), (path) => onHint(path?.split('/')[0] ?? null)),
  };
}

export function logFeedFor(paths: ProjectPaths, task: string): LogFeed {
  const { project, home } = paths;
  const logPath = logPathForReading(project, task);
  const statePath = isTaskName(task) ? locateState(home, project, task) : null;
  const state = statePath === null ? null : stateDirectoryAt(statePath);
  const lastSession = lastSessionFor(paths, task);
  return followLog({
    clock: systemClock,
    project,
    logPath,
    directoryPaths: [dirname(logPath), ...(statePath === null ? [] : [statePath])],
    tailLog: (path, options) => tailRunning({ tailLog, lastSession }, path, options),
    indexLog,
    withinTime,
    readTimes: () => state?.readTimes() ?? Promise.resolve(''),
    copies: copyDepsFor(paths, task),
    fingerprint: () => fingerprintOf(logPath, lastSession()),
    watchDirectory,
  });
}

export function lastSessionFor(
  { project, home }: ProjectPaths,
  task: string,
): () => LastSession | null {
  if (!isTaskName(task)) return () => null;
  const statePath = locateState(home, project, task);
  return () =>
    lastSessionOf({
      outputPath: (uuid) => outputPath(statePath, uuid),
      readRecord: stateSnapshot(statePath).readRecord,
      identity: () => directoryIdentity(project, task),
    });
}

/** Null if one of the files has just changed: then an equal fingerprint would prove nothing. */
function fingerprintOf(logPath: string, last: LastSession | null): string | null {
  const log = logFingerprint(logPath);
  if (last?.state !== 'running') return log;
  const own = logFingerprint(last.path);
  return log === null || own === null ? null : `${log} ${own}`;
}
