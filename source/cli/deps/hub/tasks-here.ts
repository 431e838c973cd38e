// The tasks that a project has itself, where tasks that are given to a hub are worked on among them.

import { isAsGiven } from '../../../core/hub/given-in-place.ts';
import type { TaskHere } from '../../../core/hub/given-name.ts';
import { hubTaskKey } from '../../../core/hub/hub-names.ts';
import type { TaskOffer } from '../../../core/hub/task-offer.ts';
import { keyOf } from '../../../core/task/task-key.ts';
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

/**
 * Of the tasks that the hub has of this project: those that are worked on in the project itself, and are not here any more as
 * they were given. `machine`: this one's name in the hub.
 */
export async function goneHere(
  { project, home }: ProjectPaths,
  machine: string,
  offers: ReadonlyMap<string, TaskOffer | null>,
): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  for (const [name, offer] of offers) {
    if (offer?.remote !== null || offer.pinned !== machine || !isTaskName(name)) continue;
    const key = hubTaskKey(keyOf({ host: machine, project, name })) ?? '';
    const directory = taskDirectory(project, name);
    const given = await stateDirectory(home, project, name).readGiven(() => directory.identity());
    if (given === null || !isAsGiven(given, { key, offer })) gone.add(name);
  }
  return gone;
}
