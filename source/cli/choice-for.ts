// Which task an invocation means, with the production deps.

import type { Invocation } from './invocation.ts';
import type { ProjectPaths } from './project-paths.ts';
import { readingDeps } from './deps/reading-deps.ts';
import { chooseTask, type TaskChoice } from '../engine/tasks/task-choice.ts';
import { readTaskView } from '../engine/tasks/task-reading.ts';
import { systemClock } from '../system/clock.ts';
import { taskDirectory, taskNames } from '../system/state/task-directory.ts';

export function choiceFor(invocation: Invocation, paths: ProjectPaths): Promise<TaskChoice> {
  const reading = readingDeps(paths);
  return chooseTask(
    {
      names: () => taskNames(paths.project),
      task: (name) => taskDirectory(paths.project, name),
      view: (name) => readTaskView(reading, name),
      now: systemClock.now,
    },
    {
      description: invocation.description,
      name: invocation.taskName,
      continues: invocation.continues,
    },
  );
}
