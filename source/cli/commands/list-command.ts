// `--list`: reads every task once and prints it. Loads neither Ink nor configuration.

import type { Call } from '../invocation.ts';
import { complain } from '../complain.ts';
import type { TaskView } from '../../core/task/board.ts';
import { listingDoors, type ListingDoors } from '../deps/reading-deps.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { exitCodes } from '../exit-codes.ts';
import { listJson, listText, taskLine } from '../print/list-lines.ts';
import { findPlace } from '../project-paths.ts';
import { writeNow } from '../../system/files/write-now.ts';

export async function listCommand(call: Call): Promise<number> {
  const place = findPlace(call);
  if ('problem' in place) return complain(place.problem, place.exitCode);
  const doors = listingDoors(place);
  try {
    const text = call.json
      ? listJson(place.project, await everyTask(doors))
      : listText(await everyLine(doors));
    writeNow('stdout', text);
  } finally {
    doors.close();
  }
  return exitCodes.done;
}

/** Sequential on purpose: Promise.all took five times the time and memory. */
async function everyTask(doors: ListingDoors): Promise<TaskView[]> {
  const tasks: TaskView[] = [];
  for (const name of doors.names().sort()) tasks.push(await readTaskView(doors, name));
  return tasks;
}

async function everyLine(doors: ListingDoors): Promise<string[]> {
  const style = {
    isColoured: () => process.stdout.isTTY && !process.env['NO_COLOR'],
    now: Date.now(),
  };
  const lines: string[] = [];
  for (const name of doors.names().sort()) {
    lines.push(taskLine(await readTaskView(doors, name, 'for a line'), style));
  }
  return lines;
}
