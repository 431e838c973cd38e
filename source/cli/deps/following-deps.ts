// The production deps of `--log --follow`: what a running session writes is read from where Codex writes it, as the
// dashboard does.

import { dirname } from 'node:path';
import type { FollowingDeps } from '../../engine/log/following-stream.ts';
import { createLogTimes } from '../../engine/log/times.ts';
import { tailRunning } from '../../engine/log/running-tail.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { isTaskName } from '../../core/task/task.ts';
import { systemClock } from '../../system/clock.ts';
import { tailLog } from '../../system/log/tail.ts';
import { locateState } from '../../system/state/state-location.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { logPathForReading } from '../../system/state/task-snapshot.ts';
import { watchDirectory } from '../../system/watch.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { readingDeps } from './reading-deps.ts';
import { lastSessionFor } from './viewing-deps.ts';

const longestWaitMs = 1000;

/** `close` must be called. */
export function followingDeps(
  paths: ProjectPaths,
  task: string,
): FollowingDeps & { close(): Promise<void> } {
  const logPath = logPathForReading(paths.project, task);
  const state = isTaskName(task) ? locateState(paths.home, paths.project, task) : null;
  const lastSession = lastSessionFor(paths, task);
  const tail = tailRunning({ tailLog, lastSession }, logPath, { from: 'start' });
  let hint = (): void => {};
  const watches = [dirname(logPath), ...(state === null ? [] : [state])].map((path) =>
    watchDirectory(path, () => hint()),
  );
  return {
    tail,
    project: paths.project,
    times: createLogTimes({
      clock: systemClock,
      readTimes: () => (state === null ? Promise.resolve('') : stateDirectoryAt(state).readTimes()),
    }),
    isUnderway: async () => {
      const view = await readTaskView(readingDeps(paths), task, 'for a line');
      return view.runnerPid !== null || view.state.word === 'starting';
    },
    wait: () =>
      new Promise((resolve) => {
        const stop = systemClock.wakeAt(systemClock.now() + longestWaitMs, resolve);
        hint = () => {
          stop();
          resolve();
        };
      }),
    close: async () => {
      for (const watch of watches) watch.close();
      await tail.close();
    },
  };
}
