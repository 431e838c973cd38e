// `--merge`: the task's branch into the branch it started from. One sentence says what was done, or why nothing was.

import { isTaskName, linkedTask } from '../../core/task/task.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { taskNames } from '../../system/state/task-directory.ts';
import { taskSnapshot } from '../../system/state/task-snapshot.ts';
import { complain } from '../complain.ts';
import { mergeTask } from '../deps/merge-deps.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { findProjectPaths } from '../project-paths.ts';

export async function mergeCommand(invocation: Invocation): Promise<number> {
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  const task = invocation.taskName ?? '';
  const label = cleanLine(task);
  if (!isTaskName(task)) {
    return complain(`${label} is not a valid task name`, exitCodes.wrongUsage);
  }
  if (!(await taskNames(paths.project)).includes(task)) {
    return complain(`Task not found: ${label} (--list shows all tasks)`, exitCodes.failed);
  }
  if (taskSnapshot(paths.project, task).isLink()) {
    return complain(`${label} is ${linkedTask}`, exitCodes.failed);
  }
  const { ok, sentence } = await mergeTask(paths, task);
  if (!ok) return complain(sentence, exitCodes.failed);
  process.stdout.write(`${sentence}\n`);
  return exitCodes.done;
}
