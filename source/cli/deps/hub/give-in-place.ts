// Gives a task to the hub that this machine works on in the project itself. What is given is recorded here first: the worker
// works in a directory of this machine only by that. The task's directory is made at once, so that its name is taken.

import { randomUUID } from 'node:crypto';
import { whyNotOffered, type OfferInPlace } from '../../../core/hub/task-offer.ts';
import { claimByLocks } from '../../../engine/coordination/claim.ts';
import { giveTask } from '../../../engine/hub/give-task.ts';
import type { GivenTask } from '../../../engine/hub/viewer/task-to-give.ts';
import { busySentence } from '../../../engine/tasks/runner-client.ts';
import { systemClock } from '../../../system/clock.ts';
import type { HubConnection } from '../../../system/hub/hub-connection.ts';
import { stateDirectory } from '../../../system/state/state-directory.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';

type Place = { connection: HubConnection; project: string; home: string };

type Giving = {
  /** The task's, at the hub. */
  key: string;
  /** This one's name there. */
  machine: string;
  name: string;
  asked: Omit<GivenTask, 'name' | 'pinned'>;
};

/** One that the hub has lost is given again as it was. Throws a sentence; if the hub fails meanwhile, it may have the task all the same. */
export async function giveInPlace(
  { connection, project, home }: Place,
  { key, machine, name, asked }: Giving,
): Promise<void> {
  const offer: OfferInPlace = { ...asked, remote: null, id: randomUUID(), pinned: machine };
  const problem = whyNotOffered(offer);
  if (problem !== null) throw new Error(problem);
  const [task, state] = [taskDirectory(project, name), stateDirectory(home, project, name)];
  await state.make();
  await task.make();
  const claim = await claimByLocks({ state, task }, 0);
  if (claim === null) throw new Error(busySentence(name, { pid: null }));
  try {
    const directory = await task.identity();
    if (directory === null) throw new Error(`${task.path} is gone`);
    const before = await state.readGiven(() => Promise.resolve(directory));
    if (before === null && (await hasBegun(task))) {
      throw new Error(`The project has a task ${name} already: choose another name`);
    }
    const given = before ?? { key, offer };
    const isOther = given.key !== key || given.offer.description !== offer.description;
    if (isOther) throw new Error(`${name} was given with another description, or from elsewhere`);
    if (before === null) await state.writeGiven(given, directory);
    const order = { key, run: null, isNew: before === null, newId: randomUUID };
    if (!(await giveTask(connection, { ...order, offer: given.offer }))) {
      if (before === null) await state.forgetGiven();
      throw new Error(`The hub has a task ${name} of this project already`);
    }
    if ((await task.readDescription()) === null) {
      await task.writeDescription(offer.description, new Date(systemClock.now()));
    }
  } finally {
    claim.release();
  }
}

/** A directory with nothing in it is nobody's task yet. */
async function hasBegun(task: ReturnType<typeof taskDirectory>): Promise<boolean> {
  return (await task.readDescription()) !== null || (await task.readList()).kind !== 'missing';
}
