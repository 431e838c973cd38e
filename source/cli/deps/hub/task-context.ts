// Where this machine works on a task of a hub: in a clone of its own, or in the project itself if it gave the task from there.
// What the hub says is foreign text: that a directory of this machine is meant has to be in this machine's own records, too.

import { join } from 'node:path';
import { isAsGiven } from '../../../core/hub/given-in-place.ts';
import { taskOfHubKey } from '../../../core/hub/hub-names.ts';
import type { OfferInPlace, SharedOffer, TaskOffer } from '../../../core/hub/task-offer.ts';
import { placeOf } from '../../../core/task/task-key.ts';
import { isTaskName } from '../../../core/task/task.ts';
import { stateDirectory } from '../../../system/state/state-directory.ts';
import { taskDirectory } from '../../../system/state/task-directory.ts';
import { findCommandContext, type CommandContext } from '../../command-context.ts';
import type { Invocation } from '../../invocation.ts';
import { clonedFor } from './task-clones.ts';

/** `key`: at the hub. */
type Found<Offer = TaskOffer> = { home: string; key: string; offer: Offer };

type TaskContext = { name: string; context: CommandContext };

/** With the configuration of this machine. Throws a sentence. */
export async function contextFor(invocation: Invocation, found: Found): Promise<TaskContext> {
  const { name, project = '' } = placeOf(taskOfHubKey(found.key) ?? '');
  if (!isTaskName(name)) throw new Error('The hub names no valid task');
  const { home, key, offer } = found;
  const context =
    offer.remote === null
      ? await inProject(invocation, { project, name }, { home, key, offer })
      : await inClone(invocation, { home, key, offer });
  return { name, context };
}

async function inClone(
  invocation: Invocation,
  { home, key, offer }: Found<SharedOffer>,
): Promise<CommandContext> {
  const clone = await clonedFor(home, key, offer);
  const context = await contextIn(invocation, join(clone.project, offer.directory));
  const { configuration } = context;
  // What is handed on are checkpoints.
  const checking = { ...configuration.checking, checkpoints: 'on' as const };
  return { ...context, configuration: { ...configuration, checking } };
}

async function inProject(
  invocation: Invocation,
  { project, name }: { project: string; name: string },
  { home, key, offer }: Found<OfferInPlace>,
): Promise<CommandContext> {
  // By its path's digest: nothing is looked at where the hub says, unless it was given from there.
  const state = stateDirectory(home, project, name);
  const given = await state.readGiven(() => taskDirectory(project, name).identity());
  if (given === null) {
    throw new Error(
      'this machine did not give it to the hub, so it does not work in that directory',
    );
  }
  if (!isAsGiven(given, { key, offer })) {
    throw new Error('the hub says something else of it than was given, so it is left alone');
  }
  const context = await contextIn(invocation, project);
  if (context.paths.project !== project) {
    throw new Error('the project is behind a link now, so it is left alone');
  }
  return context;
}

async function contextIn(invocation: Invocation, directory: string): Promise<CommandContext> {
  const context = await findCommandContext({ ...invocation, directory });
  if ('problem' in context) throw new Error(context.problem);
  return context;
}
