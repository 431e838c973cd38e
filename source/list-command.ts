// `--list`: looks at every task once and prints it. Loads neither Ink nor configuration.

import type { Call } from './arguments.ts';
import { complain } from './complain.ts';
import type { TaskView } from './core/board.ts';
import { byTaskName } from './core/board.ts';
import { listingDoors } from './reading-doors.ts';
import { readTaskView } from './engine/task-reading.ts';
import { exitCodes } from './exit-codes.ts';
import { listJson, listText } from './list.ts';
import { findPlace } from './setting.ts';

export async function listCommand(call: Call): Promise<number> {
  const place = findPlace(call);
  if ('problem' in place) return complain(place.problem, place.exitCode);
  const doors = listingDoors(place);
  const tasks: TaskView[] = [];
  try {
    // One after the other: all at once takes five times as long and as much memory.
    for (const name of doors.names()) tasks.push(await readTaskView(doors, name));
  } finally {
    doors.close();
  }
  tasks.sort(byTaskName);
  const coloured = process.stdout.isTTY && !process.env['NO_COLOR'];
  const text = call.json
    ? listJson(place.project, tasks)
    : listText(tasks, { coloured, now: Date.now() });
  process.stdout.write(text);
  return exitCodes.done;
}
