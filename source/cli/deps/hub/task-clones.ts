// Where this machine keeps its clones for the tasks of a hub: one for each task, below the state.
//
//   <state home>/shared/<16 hex of the task's key>/project     the clone
//   <state home>/shared/<16 hex of the task's key>/fence.git   see system/fence/fence-repository.ts

import { join } from 'node:path';
import type { SharedOffer } from '../../../core/hub/task-offer.ts';
import { openTaskClone, type TaskClone } from '../../../system/fence/task-clone.ts';
import { findGit } from '../../../system/git/program.ts';
import { makeState } from '../../../system/state/make-state.ts';
import { clonesDirectory } from '../../../system/state/of-hub.ts';
import { pathKey } from '../../../system/state/state-files.ts';

/** `key`: the task's at the hub. Throws a sentence. */
export async function clonedFor(
  home: string,
  key: string,
  { remote, base }: SharedOffer,
): Promise<TaskClone> {
  const steps = [clonesDirectory, pathKey(key)];
  await makeState(home, steps, 'refused');
  const directory = join(home, ...steps);
  const program = await findGit(process.env, join(directory, 'project'));
  if ('problem' in program) throw new Error(program.problem);
  const environment = process.env;
  const order = { program: program.path, environment, directory, url: remote, base };
  const clone = await openTaskClone(order);
  if ('problem' in clone) throw new Error(clone.problem);
  return clone;
}
