// `--hub FILE --list`, or without a terminal: the tasks of a hub, below the project that each was given in, with the machine that
// works on it, as text or as one JSON document.

import { hubProject } from '../../../core/hub/board/hub-project.ts';
import { byTaskName, type TaskView } from '../../../core/task/board.ts';
import { projectKeyOf } from '../../../core/task/project-view.ts';
import { keyOf } from '../../../core/task/task-key.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { lookOnce } from '../../../engine/hub/viewer/look-once.ts';
import { toldOnce } from '../../../engine/hub/viewer/told-once.ts';
import { systemClock } from '../../../system/clock.ts';
import { writeNow } from '../../../system/files/write-now.ts';
import { readHubAddress } from '../../../system/hub/read-hub-address.ts';
import { connectHub, type HubConnection } from '../../../system/hub/hub-connection.ts';
import { complain } from '../../complain.ts';
import { exitCodes } from '../../exit-codes.ts';
import type { Invocation } from '../../invocation.ts';
import { allJson } from '../../print/list-json.ts';
import { allText } from '../../print/list-lines.ts';
import { linesOf } from '../list-all-command.ts';

const answerMs = 5000;

export async function hubListCommand(
  { json }: Pick<Invocation, 'json'>,
  { hub }: { hub: string },
): Promise<number> {
  try {
    const connection = await connectHub(await readHubAddress(hub), { answerMs });
    try {
      writeNow('stdout', json ? await jsonOf(connection) : await textOf(connection));
    } finally {
      await connection.close();
    }
    return exitCodes.done;
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}

async function textOf(connection: HubConnection): Promise<string> {
  const lines = await linesOf(await listedProjects(connection));
  return allText(lines, 'No tasks yet: give one with --hub FILE "…"');
}

async function jsonOf(connection: HubConnection): Promise<string> {
  const projects = await listedProjects(connection);
  const told = await toldOnce(connection);
  const guidanceIn = (tasks: readonly TaskView[]) =>
    new Map(tasks.map((task) => [task.name, told.get(keyOf(task)) ?? []]));
  return allJson(projects.map((one) => ({ ...one, guidance: guidanceIn(one.tasks) })));
}

async function listedProjects(connection: HubConnection) {
  const views = await lookOnce(connection, { now: systemClock.now() });
  const projects = new Map<string, TaskView[]>();
  for (const view of views) {
    const key = projectKeyOf(view);
    projects.set(key, [...(projects.get(key) ?? []), view]);
  }
  return [...projects]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, tasks]) => ({ ...hubProject(tasks[0]!), tasks: tasks.sort(byTaskName) }));
}
