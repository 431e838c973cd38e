// `--hub FILE "…"`: gives a new task to the machines of a hub. The same description as that of a task of the project that the hub
// has continues that one.

import { givenName } from '../../../core/hub/given-name.ts';
import { taskOfHubKey } from '../../../core/hub/hub-names.ts';
import type { TaskOffer } from '../../../core/hub/task-offer.ts';
import { readHubTask } from '../../../core/hub/task-record.ts';
import { placeOf } from '../../../core/task/task-key.ts';
import { shellQuoted } from '../../../core/task/task.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import { systemClock } from '../../../system/clock.ts';
import { readHubAddress } from '../../../system/hub/read-hub-address.ts';
import { connectHub, type HubConnection } from '../../../system/hub/hub-connection.ts';
import { stateHome } from '../../../system/state/state-files.ts';
import { complain } from '../../complain.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Invocation } from '../../invocation.ts';
import { findProjectPaths } from '../../project-paths.ts';
import { ownMachine } from '../../deps/hub/enter-hub.ts';
import { giveFromProject } from '../../deps/hub/give-from-project.ts';
import { goneHere, tasksHere } from '../../deps/hub/tasks-here.ts';
import { steerHubCommand } from './steer-hub-command.ts';

const answerMs = 5000;

export async function giveCommand(
  invocation: Invocation,
  { hub, isPinned }: { hub: string; isPinned: boolean },
): Promise<number> {
  const { description } = invocation;
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  if (description === null) return complain('--hub needs a description', exitCodes.wrongUsage);
  try {
    const address = await readHubAddress(hub);
    const { model = null, review = null, checks = null } = invocation.sessionOptions;
    const home = stateHome(process.env);
    const { machine } = await ownMachine({ address, home, environment: process.env });
    const connection = await connectHub(address, { answerMs });
    try {
      const { project } = paths;
      const offers = await offersAt(connection, { host: machine, project });
      const descriptions = [...offers].map(
        ([name, offer]) => [name, offer?.description ?? null] as const,
      );
      const choice = givenName(new Map(descriptions), {
        ...{ name: invocation.taskName, description, now: systemClock.now() },
        here: await tasksHere(paths),
        gone: await goneHere(paths, machine, offers),
      });
      if (choice.kind === 'problem') return complain(choice.sentence, exitCodes.wrongUsage);
      const { name } = choice;
      if (choice.kind === 'known') {
        process.stdout.write(`ℹ The hub has this task already, as it was given: ${name}\n`);
        return await goOn(invocation, name, hub);
      }
      const asked = { name, description, model, review, checks, pinned: isPinned };
      const given = await giveFromProject({ connection, machine, project, home }, asked);
      process.stdout.write(
        `✓ ${safeLine(given, 3000)}\nℹ See it: autonomous-tui --hub ${shellQuoted(hub)}\n`,
      );
      return exitCodes.done;
    } finally {
      await connection.close();
    }
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}

/** A pin that is given with the call is given or taken back first. */
function goOn(invocation: Invocation, name: string, hub: string): Promise<number> {
  const { pinned } = invocation.sessionOptions;
  const verb = pinned === undefined ? 'continue' : pinned ? 'pin' : 'unpin';
  return steerHubCommand({ ...invocation, taskName: name, continues: true }, { hub, verb });
}

/** Of the tasks of a project that the hub has, by their names; null of one that cannot be read. */
async function offersAt(
  connection: HubConnection,
  { host, project }: { host: string; project: string },
): Promise<ReadonlyMap<string, TaskOffer | null>> {
  const entries = await connection.list('tasks', 'task.>');
  return new Map(
    entries.flatMap(({ key, text }): [string, TaskOffer | null][] => {
      const task = taskOfHubKey(key);
      if (task === null || text === null) return [];
      const place = placeOf(task);
      if (place.host !== host || place.project !== project) return [];
      const found = readHubTask(text, key);
      return [[place.name, found.kind === 'read' ? found.task.offer : null]];
    }),
  );
}
