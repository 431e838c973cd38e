// Which task an invocation means, with the production deps.

import type { Call } from './arguments.ts';
import type { Place } from './place.ts';
import { readingDoors } from './reading-doors.ts';
import { chooseTask, type TaskChoice } from './engine/task-choice.ts';
import { readTaskView } from './engine/task-reading.ts';
import { taskDirectory, taskNames } from './system/task-directory.ts';

export function choiceFor(call: Call, place: Place): Promise<TaskChoice> {
  const reading = readingDoors(place);
  return chooseTask(
    {
      names: () => taskNames(place.project),
      task: (name) => taskDirectory(place.project, name),
      view: (name) => readTaskView(reading, name),
      now: () => Date.now(),
    },
    { description: call.description, name: call.taskName, continues: call.continues },
  );
}
