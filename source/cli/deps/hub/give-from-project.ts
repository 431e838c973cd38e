// Gives a new task of a project to the hub: its work begins at the commit that HEAD is on, which the remote must have. Where
// there is no remote, the project itself is where this machine works on it.

import { randomUUID } from 'node:crypto';
import { relative, sep } from 'node:path';
import { hubTaskKey } from '../../../core/hub/hub-names.ts';
import { keyOf } from '../../../core/task/task-key.ts';
import { giveTask } from '../../../engine/hub/give-task.ts';
import type { GivenTask } from '../../../engine/hub/viewer/task-to-give.ts';
import { readRemote } from '../../../system/fence/project-remote.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';
import { stateDirectory } from '../../../system/state/state-directory.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';
import { giveInPlace } from './give-in-place.ts';

type GivingPlace = {
  connection: HubConnection;
  /** This machine's name in the hub. */
  machine: string;
  project: string;
  /** The state home. */
  home: string;
};

/** Returns what it did, a sentence. Throws a sentence if it cannot be given. */
export async function giveFromProject(
  { connection, machine, project, home }: GivingPlace,
  { name, pinned, ...asked }: GivenTask,
): Promise<string> {
  const remote = await readRemote(project, process.env);
  if ('problem' in remote) throw new Error(remote.problem);
  const key = hubTaskKey(keyOf({ host: machine, project, name }));
  if (key === null) throw new Error('The path of the project is too long');
  const isGivenFor = (isAlone: boolean): string =>
    `${name} is given to the hub${isAlone ? `, for ${machine} alone` : ''}`;
  if ('whyNone' in remote) {
    const task = { key, machine, name, asked };
    await giveInPlace({ connection, project, home }, task);
    return `${isGivenFor(true)}, in ${project}: ${remote.whyNone}`;
  }
  await refusePinned({ project, home }, name);
  const { url, base, root } = remote;
  const directory = relative(root, project).split(sep).join('/');
  const isGiven = await giveTask(connection, {
    ...{ key, run: null, isNew: true, newId: randomUUID },
    offer: { ...asked, remote: url, base, directory, pinned: pinned ? machine : null },
  });
  if (!isGiven) throw new Error(hasTaskSentence(name));
  return `${isGivenFor(pinned)}: it begins at ${base.slice(0, 10)} of ${url}`;
}

/** The project has a task of this name, of which the user said that no other machine ever works on it. */
async function refusePinned(
  { project, home }: Pick<GivingPlace, 'project' | 'home'>,
  name: string,
): Promise<void> {
  const directory = await taskDirectory(project, name).identity();
  const { pinned } = await stateDirectory(home, project, name).readOptions(directory);
  if (!pinned) return;
  throw new Error(
    `${name} is pinned to this machine: --task-name ${name} --pinned none takes that back, or choose another name`,
  );
}

function hasTaskSentence(name: string): string {
  return `The hub has a task ${name} of this project already`;
}
