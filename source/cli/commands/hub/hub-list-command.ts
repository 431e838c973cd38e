// `--hub FILE --list`, or without a terminal: the tasks of a hub, below the project that each was given in, with the machine that
// works on it.

import { hubProject } from '../../../core/hub/board/hub-project.ts';
import { hubTaskView } from '../../../core/hub/board/hub-task-view.ts';
import { taskOfHubKey } from '../../../core/hub/hub-names.ts';
import { readHubTask } from '../../../core/hub/task-record.ts';
import { byTaskName, type TaskView } from '../../../core/task/board.ts';
import { projectKeyOf } from '../../../core/task/project-view.ts';
import { placeOf } from '../../../core/task/task-key.ts';
import { errorMessage } from '../../../core/text/error-message.ts';
import { systemClock } from '../../../system/clock.ts';
import { writeNow } from '../../../system/files/write-now.ts';
import { readHubAddress } from '../../../system/hub/read-hub-address.ts';
import { connectHub, type HubConnection } from '../../../system/hub/hub-connection.ts';
import { complain } from '../../complain.ts';
import { exitCodes } from '../../exit-codes.ts';
import { allText } from '../../print/list-lines.ts';
import { linesOf } from '../list-all-command.ts';

const answerMs = 5000;

export async function hubListCommand({ hub }: { hub: string }): Promise<number> {
  try {
    const connection = await connectHub(await readHubAddress(hub), { answerMs });
    try {
      const lines = await linesOf(byProject(await viewsOf(connection)));
      writeNow('stdout', allText(lines, 'No tasks yet: give one with --hub FILE "…"'));
    } finally {
      await connection.close();
    }
    return exitCodes.done;
  } catch (error) {
    return complain(errorMessage(error), exitCodes.failed);
  }
}

/** One look cannot tell a machine that is silent from one that lives. */
async function viewsOf(connection: HubConnection): Promise<TaskView[]> {
  const entries = await connection.list('tasks', 'task.>');
  const now = systemClock.now();
  return entries.flatMap(({ key, text }) => {
    const task = taskOfHubKey(key);
    if (task === null || text === null) return [];
    const found = readHubTask(text, key);
    return [hubTaskView({ place: placeOf(task), found, silentMs: null, now })];
  });
}

function byProject(views: readonly TaskView[]) {
  const projects = new Map<string, TaskView[]>();
  for (const view of views) {
    const key = projectKeyOf(view);
    projects.set(key, [...(projects.get(key) ?? []), view]);
  }
  return [...projects]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, tasks]) => ({ ...hubProject(tasks[0]!), tasks: tasks.sort(byTaskName) }));
}
