// `--list`: looks at every task once and prints it. Loads no Ink, and of the configuration only the names in it.

import type { Call } from './arguments.ts';
import { complain, warn } from './complain.ts';
import type { TaskView } from './core/board.ts';
import { listingDoors, type ListingDoors } from './reading-doors.ts';
import { readTaskView } from './engine/task-reading.ts';
import { exitCodes } from './exit-codes.ts';
import { listJson, listText, taskLine } from './list.ts';
import { findPlace } from './place.ts';
import { configurationWarnings } from './system/configuration-file.ts';
import { writeNow } from './system/write-now.ts';

export async function listCommand(call: Call): Promise<number> {
  const place = findPlace(call);
  if ('problem' in place) return complain(place.problem, place.exitCode);
  for (const warning of configurationWarnings(process.env)) warn(warning);
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

/** One after the other, as the lines are: all at once takes five times as long and as much memory. */
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
