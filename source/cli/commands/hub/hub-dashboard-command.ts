// `--hub FILE` on a terminal: the dashboard over all tasks of a hub, wherever they are worked on. This machine takes no part in the
// work: it gives no sign of life, and holds nothing.

import { randomUUID } from 'node:crypto';
import { hubTaskKey } from '../../../core/hub/hub-names.ts';
import { fenceRefs } from '../../../core/fence/fence-refs.ts';
import { reachInPlace } from '../../../core/hub/refusals.ts';
import { leaseDurations } from '../../../core/lease/durations.ts';
import { shellQuoted } from '../../../core/task/task.ts';
import { cleanLine } from '../../../core/text/clean.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import type { HubLink } from '../../../engine/hub/hub-link.ts';
import { followHubTasks } from '../../../engine/hub/viewer/hub-tasks.ts';
import { connectedTo } from '../../../engine/hub/viewer/task-at-hub.ts';
import { takeBackOverHub, tellOverHub } from '../../../engine/hub/viewer/tell-over-hub.ts';
import { hubClient } from '../../../engine/hub/viewer/hub-client.ts';
import { sourceOfHub } from '../../../screen/sources/source-of-hub.ts';
import { bootClock } from '../../../system/boot-clock.ts';
import { systemClock } from '../../../system/clock.ts';
import { readHubAddress } from '../../../system/hub/read-hub-address.ts';
import { keepHeapSmall } from '../../../system/process/small-heap.ts';
import { homeRelative } from '../../../system/project.ts';
import { hasRunner } from '../../../ui/look/state-words.ts';
import { findCommandContext, type CommandContext } from '../../command-context.ts';
import { complain } from '../../complain.ts';
import { ownMachine } from '../../deps/hub/enter-hub.ts';
import { giveFromProject } from '../../deps/hub/give-from-project.ts';
import { hubViewing } from '../../deps/hub/viewing/hub-viewing.ts';
import { openLink } from '../../deps/hub/open-link.ts';
import { remoteNameOf } from '../../deps/hub/work-ref.ts';
import { endOnSignals } from '../../end-on-signals.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Invocation } from '../../invocation.ts';
import { openKeys } from '../../screen/screen-terminal.ts';
import { pendingStarts, viewTasks, watchTasks } from '../../screen/view-tasks.ts';

export async function hubDashboardCommand(
  invocation: Invocation,
  { hub }: { hub: string },
): Promise<number> {
  keepHeapSmall();
  const context = await findCommandContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  try {
    const address = await readHubAddress(hub);
    const { home } = context.paths;
    const { machine } = await ownMachine({ address, home, environment: process.env });
    // What is wrong with the hub is said before the screen opens, and is then no reason to close it.
    const link = await openLink(address);
    try {
      return await show({ link, machine, context, hub });
    } finally {
      await link.close();
    }
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}

type Showing = {
  link: HubLink;
  /** This one's name in the hub. */
  machine: string;
  context: CommandContext;
  /** As it was given with --hub. */
  hub: string;
};

async function show({ link, machine, context, hub }: Showing): Promise<number> {
  const { project, home } = context.paths;
  const opened = openKeys(process.env);
  if ('problem' in opened) return complain(opened.problem, exitCodes.wrongUsage);
  const clock = systemClock;
  // The mirrors of the logs go with the dashboard, also when a signal ends it.
  const { quitSignal, exitCode } = endOnSignals();
  const tasks = followHubTasks({ link, clock, bootNow: bootClock, durations: leaseDurations });
  const viewing = await hubViewing({ link, hub: tasks, clock });
  const label = cleanLine(homeRelative(project));
  const asking = { link, clock, newId: randomUUID };
  const client = hubClient({
    ...asking,
    give: (task) =>
      giveFromProject({ connection: connectedTo(link), machine, project, home }, task),
  });
  const source = sourceOfHub({
    ...{ client, openLog: viewing.openLog, openDetails: viewing.openDetails },
    observing: {
      ...{ hub: tasks, link, clock },
      own: { host: machine, project, label, problem: null },
    },
    verbs: {
      tell: ({ task, text, when }) => tellOverHub(asking, task, { text, when }),
      takeBack: ({ task, id }) => takeBackOverHub(asking, { task, id }),
    },
    workRef: (task) => fenceRefs(remoteNameOf(hubTaskKey(task) ?? '')).work,
    reachInPlace: (task) => {
      const found = tasks.tasks().get(hubTaskKey(task) ?? '');
      return reachInPlace(task, found?.kind === 'read' ? found.task.offer : null);
    },
  });
  const watching = watchTasks(source, 'all machines');
  try {
    await viewTasks({
      ...{ context, watching, keys: opened.keys, starts: pendingStarts(), quitSignal },
      ...{ selected: null, sandbox: 'workspace-write' },
    });
  } catch (error) {
    return complain(
      `The dashboard failed (${errorMessage(error)}). Tasks keep running. Reopen with: ${reopening(hub)}`,
      exitCodes.failed,
    );
  } finally {
    await watching.observer.close();
    tasks.close();
    await viewing.close();
  }
  const count = watching.store.board().tasks.filter(({ state }) => hasRunner(state)).length;
  const are = count === 1 ? '1 task is' : `${count} tasks are`;
  if (count > 0) process.stdout.write(`${are} still running. Reopen with: ${reopening(hub)}\n`);
  return exitCode() ?? exitCodes.done;
}

function reopening(hub: string): string {
  return `autonomous-tui --hub ${shellQuoted(hub)}`;
}
