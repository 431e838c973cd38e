// Hands the files of a session on to the other machines, under the fence.

import { checkpointRef } from '../../../core/checkpoint/checkpoint-refs.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import type { RunnerDeps } from '../../../engine/run/runner-deps.ts';
import { checkpointCall } from '../../../system/checkpoint/keep-checkpoint.ts';
import { findCheckpoints } from '../../../system/checkpoint/project-checkpoints.ts';
import { resolved } from '../../../system/checkpoint/refs.ts';
import type { SharedWork } from '../../../system/fence/shared-work.ts';
import type { ProjectPaths } from '../../project-paths.ts';

type HandingOn = {
  own: RunnerDeps;
  work: SharedWork;
  lost(): void;
  paths: ProjectPaths;
  task: string;
};

/** Call when the session's checkpoint is kept. The problem, or null. */
export async function handOn(
  { own, work, lost, paths, task }: HandingOn,
  session: number,
): Promise<string | null> {
  const worktree = await own.state.readWorktree(await own.task.identity());
  if (worktree === null) return 'the record of the worktree is gone';
  const found = await findCheckpoints({
    ...{ project: paths.project, task, environment: process.env, workplace: worktree.path },
  });
  if ('problem' in found) return found.problem;
  const call = checkpointCall(found);
  const tree = await resolved(call, `${checkpointRef(found.refs, session)}^{tree}`);
  const head = await resolved(call, `refs/heads/${worktree.branch}`);
  if (tree === null || head === null) return 'the checkpoint is not whole';
  const kept = await work.keep({ tree, head, session });
  if (kept.kind === 'refused') {
    lost();
    return 'another machine works on the task';
  }
  if (kept.kind === 'failed') return kept.problem;
  const names = kept.leftOut.map((path) => safeLine(path, 200)).join(', ');
  const sentence = `Not handed on to other machines, because it looks like a secret: ${names}`;
  if (names !== '') await own.state.note(sentence);
  return null;
}
