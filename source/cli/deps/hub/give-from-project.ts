// Gives a new task of a project to the hub: its work begins at the commit that HEAD is on, which the remote must have.

import { randomUUID } from 'node:crypto';
import { relative, sep } from 'node:path';
import { hubTaskKey } from '../../../core/hub/hub-names.ts';
import { keyOf } from '../../../core/task/task-key.ts';
import { giveTask } from '../../../engine/hub/give-task.ts';
import type { GivenTask } from '../../../engine/hub/viewer/task-to-give.ts';
import { readRemote } from '../../../system/fence/project-remote.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';

type GivingPlace = {
  connection: HubConnection;
  /** This machine's name in the hub. */
  machine: string;
  project: string;
};

/** The commit and the remote at which it begins. Throws a sentence if it cannot be given. */
export async function giveFromProject(
  { connection, machine, project }: GivingPlace,
  { name, pinned, ...asked }: GivenTask,
): Promise<{ base: string; url: string }> {
  const remote = await readRemote(project, process.env);
  if ('problem' in remote) throw new Error(remote.problem);
  const { url, base, root } = remote;
  const key = hubTaskKey(keyOf({ host: machine, project, name }));
  if (key === null) throw new Error('The path of the project is too long');
  const directory = relative(root, project).split(sep).join('/');
  const isGiven = await giveTask(connection, {
    ...{ key, run: null, isNew: true, newId: randomUUID },
    offer: { ...asked, remote: url, base, directory, pinned: pinned ? machine : null },
  });
  if (!isGiven) throw new Error(`The hub has a task ${name} of this project already`);
  return { base, url };
}
