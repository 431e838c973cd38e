// What a verb on a task's checkpoints works with: the project, the task and its repository; or a sentence that says what
// is missing, with the exit code.

import { findCheckpoints, type TaskCheckpoints } from '../system/checkpoint/project-checkpoints.ts';
import { stateDirectoryAt } from '../system/state/state-directory.ts';
import { locateState } from '../system/state/state-location.ts';
import { directoryIdentity } from '../system/state/task-snapshot.ts';
import { workplaceOf } from '../system/worktree/where.ts';
import { exitCodes } from './exit-codes.ts';
import type { Invocation } from './invocation.ts';
import { namedTask } from './named-task.ts';
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
  const named = await namedTask(paths.project, invocation);
  return 'problem' in named ? named : checkpointsOf(paths, named.task);
}

/** Of a task that is there. */
export async function checkpointsOf(
  paths: ProjectPaths,
  task: string,
): Promise<CheckpointContext | Problem> {
  const { project } = paths;
  const state = stateDirectoryAt(locateState(paths.home, project, task));
  const worktree = await state.readWorktree(directoryIdentity(project, task));
  const workplace = await workplaceOf(worktree, project);
  const found = await findCheckpoints({ project, task, environment: process.env, workplace });
  if (!('problem' in found)) return { paths, task, workplace, found };
  const problem =
    found.problem === null
      ? 'The project is not in a git repository, so there are no checkpoints'
      : `The checkpoints cannot be read: ${found.problem}`;
  return { problem, exitCode: exitCodes.failed };
}
