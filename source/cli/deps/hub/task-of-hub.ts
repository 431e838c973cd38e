// The task of a hub that a verb on the command line names, wherever it is worked on.

import { taskOfHubKey } from '../../../core/hub/hub-names.ts';
import { placeOf, type TaskKey } from '../../../core/task/task-key.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import type { HubLink } from '../../../engine/hub/hub-link.ts';
import { connectedTo } from '../../../engine/hub/viewer/task-at-hub.ts';
import { readHubAddress } from '../../../system/hub/read-hub-address.ts';
import { stateHome } from '../../../system/state/state-files.ts';
import { complain } from '../../complain.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Invocation } from '../../invocation.ts';
import { findProjectPaths } from '../../project-paths.ts';
import { ownMachine } from './enter-hub.ts';
import { openLink } from './open-link.ts';

type AtHub = {
  link: HubLink;
  /** This machine's name in the hub. */
  machine: string;
  task: TaskKey;
};

/** Returns an exit code: that of `act`, or 1 with a sentence if the hub or the task cannot be reached, or if `act` throws. */
export async function onTaskOfHub(
  invocation: Invocation,
  hub: string,
  act: (at: AtHub) => Promise<number>,
): Promise<number> {
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  try {
    const address = await readHubAddress(hub);
    const home = stateHome(process.env);
    const { machine } = await ownMachine({ address, home, environment: process.env });
    const link = await openLink(address);
    try {
      const here = { host: machine, project: paths.project, name: invocation.taskName ?? '' };
      return await act({ link, machine, task: await namedAtHub(link, here) });
    } finally {
      await link.close();
    }
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}

/** The one of this project if there are several. Throws a sentence. */
async function namedAtHub(
  link: HubLink,
  { name, ...here }: { host: string; project: string; name: string },
): Promise<TaskKey> {
  const entries = await connectedTo(link).list('tasks', 'task.>');
  const tasks = entries.flatMap(({ key }) => taskOfHubKey(key) ?? []);
  const named = tasks.filter((task) => placeOf(task).name === name);
  const own = named.find((task) => {
    const { host, project } = placeOf(task);
    return host === here.host && project === here.project;
  });
  const [found, ...others] = own === undefined ? named : [own];
  if (found === undefined) {
    throw new Error(`The hub has no task ${safeLine(name, 100)}: --list shows those it has`);
  }
  if (others.length === 0) return found;
  const places = named.map((task) => {
    const { host = '', project = '' } = placeOf(task);
    return safeLine(`${project} of ${host}`, 300);
  });
  throw new Error(
    `Several projects of the hub have a task ${safeLine(name, 100)}: say it in its own project (${places.join(', ')})`,
  );
}
