// Where a task's sessions work: in its project, or in its worktree, which is added when it is missing. A worktree has
// surroundings of its own: its AGENTS.md may be another one, and it inherits the trust of its main repository.

import type { RunRequest, Workplace } from '../../engine/run/runner-deps.ts';
import { codexSurroundings } from '../../system/codex-surroundings.ts';
import type { StateDirectory } from '../../system/state/state-directory.ts';
import type { TaskDirectory } from '../../system/state/task-directory.ts';
import { addWorktree } from '../../system/worktree/add-worktree.ts';
import { defaultWorktrees } from '../../system/worktree/where.ts';

type Entering = { request: RunRequest; state: StateDirectory; task: TaskDirectory };

export async function enterWorkplace({
  request,
  state,
  task,
}: Entering): Promise<Workplace | { problem: string }> {
  const { project } = request;
  const directory = await task.identity();
  const recorded = await state.readWorktree(directory);
  if (directory === null || (!request.options.worktree && recorded === null)) {
    // What an earlier task of that name left.
    await state.forgetWorktree();
    return { path: project };
  }
  const environment = process.env;
  const added = await addWorktree({
    project,
    task: request.task,
    environment,
    worktrees: request.settings.worktreesDirectory ?? defaultWorktrees(environment),
    recorded,
    record: (worktree) => state.writeWorktree(worktree, directory),
  });
  if ('problem' in added) return added;
  const { workplace, notes } = added;
  const there = await codexSurroundings({
    project: workplace,
    environment,
    setting: request.settings.projectCodexConfig,
    program: { own: [import.meta.dirname], node: process.execPath },
  });
  if ('problem' in there) return there;
  const { writable = [], arguments: words = [] } = request.surroundings ?? {};
  const surroundings = {
    writable: [...new Set([...there.writable, ...writable])],
    // The table of untrusted directories that comes last counts, and it names the main repository, too.
    arguments: [...words, ...there.arguments],
    instructions: there.instructions,
  };
  return { path: workplace, surroundings, notes };
}
