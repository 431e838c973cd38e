// Which task an invocation means, with the production deps.

import type { Call } from './invocation.ts';
import type { Place } from './project-paths.ts';
import { readingDoors } from './deps/reading-deps.ts';
import { chooseTask, type TaskChoice } from '../engine/tasks/task-choice.ts';
import { readTaskView } from '../engine/tasks/task-reading.ts';
import { taskDirectory, taskNames } from '../system/state/task-directory.ts';

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
