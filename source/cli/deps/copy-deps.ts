// The production deps for telling whether a task's session.log was changed.

import type { ProjectPaths } from '../project-paths.ts';
import type { CopyDeps } from '../../engine/log/copy-check.ts';
import { isSameDirectory } from '../../core/run/record.ts';
import { isTaskName } from '../../core/task/task.ts';
import { isIntact } from '../../system/copy/is-intact.ts';
import { locateState } from '../../system/state/state-location.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { directoryIdentity, logPathForReading } from '../../system/state/task-snapshot.ts';

export function copyDepsFor({ project, home }: ProjectPaths, task: string): CopyDeps {
  const logPath = logPathForReading(project, task);
  return {
    readCopies: async () => {
      if (!isTaskName(task)) return new Map();
      const state = stateDirectoryAt(locateState(home, project, task));
      const record = await state.readRecord();
      const directory = directoryIdentity(project, task);
      // Else they belong to a deleted task.
      const isOurs =
        record !== null && directory !== null && isSameDirectory(record.directory, directory);
      return isOurs ? state.readCopies() : new Map();
    },
    isIntact: (copy, isWanted) => isIntact(logPath, copy, isWanted),
  };
}
