// `--list`: reads every task once and prints it. Loads no Ink, and of the configuration only its keys.

import type { Invocation } from '../invocation.ts';
import { complain, warn } from '../complain.ts';
import type { TaskView } from '../../core/task/board.ts';
import { listingDeps, type ListingDeps } from '../deps/reading-deps.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { exitCodes } from '../exit-codes.ts';
import { listJson, listText, taskLine } from '../print/list-lines.ts';
import { findProjectPaths } from '../project-paths.ts';
import { systemClock } from '../../system/clock.ts';
import { configurationWarnings } from '../../system/configuration-file.ts';
import { writeNow } from '../../system/files/write-now.ts';

export async function listCommand(invocation: Invocation): Promise<number> {
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  for (const warning of configurationWarnings(process.env)) warn(warning);
  const deps = listingDeps(paths);
  if (invocation.json && deps.problem !== null) warn(deps.problem);
  try {
    const text = invocation.json
      ? listJson(paths.project, await everyTask(deps))
      : listText(paths.project, await everyLine(deps), deps.problem);
    writeNow('stdout', text);
  } finally {
    deps.close();
  }
  return exitCodes.done;
}

/** Sequential on purpose: Promise.all took five times the time and memory. */
async function everyTask(deps: ListingDeps): Promise<TaskView[]> {
  const tasks: TaskView[] = [];
  for (const name of deps.names().sort()) tasks.push(await readTaskView(deps, name));
  return tasks;
}

async function everyLine(deps: ListingDeps): Promise<string[]> {
  const style = {
    isColoured: () => process.stdout.isTTY && !process.env['NO_COLOR'],
    now: systemClock.now(),
  };
  const lines: string[] = [];
  for (const name of deps.names().sort()) {
    lines.push(taskLine(await readTaskView(deps, name, 'for a line'), style));
  }
  return lines;
}
