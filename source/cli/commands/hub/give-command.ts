// `--hub FILE "…"`: gives a new task to the machines of a hub. Its work begins at the commit of this project, which the git
// remote must have.

import { shellQuoted, generatedTaskName } from '../../../core/task/task.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { systemClock } from '../../../system/clock.ts';
import { readHubAddress } from '../../../system/hub/read-hub-address.ts';
import { connectHub } from '../../../system/hub/hub-connection.ts';
import { stateHome } from '../../../system/state/state-files.ts';
import { complain } from '../../complain.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Invocation } from '../../invocation.ts';
import { findProjectPaths } from '../../project-paths.ts';
import { ownMachine } from '../../deps/hub/enter-hub.ts';
import { giveFromProject } from '../../deps/hub/give-from-project.ts';

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
    const name = invocation.taskName ?? generatedTaskName(description, systemClock.now());
    const { model = null, review = null, checks = null } = invocation.sessionOptions;
    const home = stateHome(process.env);
    const { machine } = await ownMachine({ address, home, environment: process.env });
    const connection = await connectHub(address, { answerMs });
    try {
      const { project } = paths;
      const pinned = isPinned ? machine : null;
      const asked = { name, description, model, review, checks, pinned };
      const { base, url } = await giveFromProject({ connection, machine, project }, asked);
      const whose = pinned === null ? '' : `, for ${pinned} alone`;
      process.stdout.write(
        `✓ ${name} is given to the hub${whose}: it begins at ${base.slice(0, 10)} of ${url}\nℹ See it: autonomous-tui --hub ${shellQuoted(hub)}\n`,
      );
    } finally {
      await connection.close();
    }
    return exitCodes.done;
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}
