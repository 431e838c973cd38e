// `--hub FILE "…"`: gives a new task to the machines of a hub. Its work begins at the commit of this project, which the git
// remote must have.

import { randomUUID } from 'node:crypto';
import { relative, sep } from 'node:path';
import { hubTaskKey } from '../../../core/hub/hub-names.ts';
import { generatedTaskName, shellQuoted } from '../../../core/task/task.ts';
import { keyOf } from '../../../core/task/task-key.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { giveTask } from '../../../engine/hub/give-task.ts';
import { systemClock } from '../../../system/clock.ts';
import { readRemote } from '../../../system/fence/project-remote.ts';
import { readHubAddress } from '../../../system/hub/read-hub-address.ts';
import { connectHub } from '../../../system/hub/hub-connection.ts';
import { complain } from '../../complain.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Invocation } from '../../invocation.ts';
import { findProjectPaths } from '../../project-paths.ts';
import { enterHubAs } from '../../deps/hub/enter-hub.ts';

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
    const { project } = paths;
    const remote = await readRemote(project, process.env);
    if ('problem' in remote) return complain(remote.problem, exitCodes.failed);
    const { url, base, root } = remote;
    const name = invocation.taskName ?? generatedTaskName(description, systemClock.now());
    const place = await enterHubAs(hub);
    const { machine } = place;
    const key = hubTaskKey(keyOf({ host: machine, project, name }));
    const pinned = isPinned ? machine : null;
    await place.close();
    if (key === null) return complain('The path of the project is too long', exitCodes.failed);
    const { model = null, review = null, checks = null } = invocation.sessionOptions;
    const directory = relative(root, project).split(sep).join('/');
    const connection = await connectHub(address, { answerMs });
    try {
      const isGiven = await giveTask(connection, {
        ...{ key, run: null, isNew: true, newId: randomUUID },
        offer: { description, remote: url, base, directory, model, review, checks, pinned },
      });
      if (!isGiven) {
        return complain(`The hub has a task ${name} of this project already`, exitCodes.failed);
      }
    } finally {
      await connection.close();
    }
    const whose = pinned === null ? '' : `, for ${pinned} alone`;
    process.stdout.write(
      `✓ ${name} is given to the hub${whose}: it begins at ${base.slice(0, 10)} of ${url}\nℹ See it: autonomous-tui --hub ${shellQuoted(hub)}\n`,
    );
    return exitCodes.done;
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}
