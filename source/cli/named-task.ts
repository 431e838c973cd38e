// The task that a verb is about: it must be there, under its own name and no link.

import { isTaskName, linkedTask } from '../core/task/task.ts';
import { cleanLine } from '../core/text/clean.ts';
import { taskNames } from '../system/state/task-directory.ts';
import { taskSnapshot } from '../system/state/task-snapshot.ts';
import { exitCodes } from './exit-codes.ts';
import type { Invocation } from './invocation.ts';

export async function namedTask(
  project: string,
  { taskName }: Pick<Invocation, 'taskName'>,
): Promise<{ task: string } | { problem: string; exitCode: number }> {
  const task = taskName ?? '';
  const label = cleanLine(task);
  if (!isTaskName(task)) {
    return { problem: `${label} is not a valid task name`, exitCode: exitCodes.wrongUsage };
  }
  const failed = (problem: string) => ({ problem, exitCode: exitCodes.failed });
  if (!(await taskNames(project)).includes(task)) {
    return failed(`Task not found: ${label} (--list shows all tasks)`);
  }
  return taskSnapshot(project, task).isLink() ? failed(`${label} is ${linkedTask}`) : { task };
}
