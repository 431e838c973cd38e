// The tasks that a project has itself, where tasks that are given to a hub are worked on among them.

import type { TaskHere } from '../../../core/hub/given-name.ts';
import { isTaskName } from '../../../core/task/task.ts';
import { readRemote } from '../../../system/fence/project-remote.ts';
import { stateDirectory } from '../../../system/state/state-directory.ts';
import { taskDirectory, taskNames } from '../../../system/state/task-directory.ts';
import type { ProjectPaths } from '../../project-paths.ts';

/** By name; none where they are worked on in clones. */
export async function tasksHere({
  project,
  home,
}: ProjectPaths): Promise<ReadonlyMap<string, TaskHere>> {
  const here = new Map<string, TaskHere>();
  if (!('whyNone' in (await readRemote(project, process.env)))) return here;
  for (const name of await taskNames(project)) {
    if (!isTaskName(name)) continue;
    const task = taskDirectory(project, name);
    const given = await stateDirectory(home, project, name).readGiven(() => task.identity());
    const descriptions =
      given === null
        ? await Promise.all([task.readDescription(), task.readFirstDescription()])
        : [given.offer.description];
    here.set(name, { descriptions, isGiven: given !== null });
  }
  return here;
}
