// The production deps of the details pane, and of its command that writes.

import type { ProjectPaths } from '../project-paths.ts';
import { followDetails, type DetailsFeed } from '../../engine/tasks/details-feed.ts';
import { isTaskName } from '../../core/task/task.ts';
import { codexHome } from '../../system/state/machine-directory.ts';
import { rolloutModels } from '../../system/conversation/rollout-model.ts';
import { systemClock } from '../../system/clock.ts';
import { detailsFingerprint } from '../../system/state/fingerprint.ts';
import { homeRelative } from '../../system/project.ts';
import { locateState } from '../../system/state/state-location.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { taskDirectory } from '../../system/state/task-directory.ts';

export function detailsFeedFor({ project, home }: ProjectPaths, name: string): DetailsFeed {
  const task = taskDirectory(project, name);
  const state = isTaskName(name) ? stateDirectoryAt(locateState(home, project, name)) : null;
  return followDetails({
    clock: systemClock,
    name,
    task,
    state,
    directory: homeRelative(task.path),
    modelOf: rolloutModels(codexHome(process.env)),
    fingerprint: () => detailsFingerprint(task.path, state?.path ?? null),
  });
}

/** The name is one that a task with details can be acted on by. */
export function acceptDepsFor({ project, home }: ProjectPaths, name: string) {
  return {
    task: taskDirectory(project, name),
    state: stateDirectoryAt(locateState(home, project, name)),
  };
}
