// What a verb on a task's checkpoints works with: the project, the task and its repository; or a sentence that says what
// is missing, with the exit code.

import { cleanLine } from '../core/text/clean.ts';
import { isTaskName, linkedTask } from '../core/task/task.ts';
import { findCheckpoints, type TaskCheckpoints } from '../system/checkpoint/project-checkpoints.ts';
import { stateDirectoryAt } from '../system/state/state-directory.ts';
import { locateState } from '../system/state/state-location.ts';
import { taskNames } from '../system/state/task-directory.ts';
import { directoryIdentity, taskSnapshot } from '../system/state/task-snapshot.ts';
import { workplaceOf } from '../system/worktree/where.ts';
import { exitCodes } from './exit-codes.ts';
import type { Invocation } from './invocation.ts';
import { findProjectPaths, type ProjectPaths } from './project-paths.ts';

export type CheckpointContext = {
  paths: ProjectPaths;
  task: string;
  /** Where its sessions work. */
  workplace: string;
  found: TaskCheckpoints;
};

type Problem = { problem: string; exitCode: number };

export async function checkpointContext(
  invocation: Invocation,
): Promise<CheckpointContext | Problem> {
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return paths;
  const { project } = paths;
  const task = invocation.taskName ?? '';
  const label = cleanLine(task);
  if (!isTaskName(task)) {
    return { problem: `${label} is not a valid task name`, exitCode: exitCodes.wrongUsage };
  }
  const failed = (problem: string): Problem => ({ problem, exitCode: exitCodes.failed });
  if (!(await taskNames(project)).includes(task)) {
    return failed(`Task not found: ${label} (--list shows all tasks)`);
  }
  if (taskSnapshot(project, task).isLink()) return failed(`${label} is ${linkedTask}`);
  const state = stateDirectoryAt(locateState(paths.home, project, task));
  const worktree = await state.readWorktree(directoryIdentity(project, task));
  const workplace = await workplaceOf(worktree, project);
  const found = await findCheckpoints({ project, task, environment: process.env, workplace });
  if (!('problem' in found)) return { paths, task, workplace, found };
  return failed(
    found.problem === null
      ? 'The project is not in a git repository, so there are no checkpoints'
      : `The checkpoints cannot be read: ${found.problem}`,
  );
}
