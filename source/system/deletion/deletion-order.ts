// What a deletion is about: where the parts of a task are.

import { randomUUID } from 'node:crypto';
import { checkpointDirectory } from '../../core/checkpoint/checkpoint-refs.ts';
import { checkpointCall } from '../checkpoint/keep-checkpoint.ts';
import { readKeptCommits, type Move } from '../checkpoint/refs.ts';
import type { GitCall } from '../git/command.ts';
import { gitIn } from '../git/project-tree.ts';
import type { MergeOrder } from '../merge/merge-call.ts';
import { pathKey, type Environment } from '../state/state-files.ts';
import { stateDirectoryAt } from '../state/state-directory.ts';
import { locateState } from '../state/state-location.ts';
import { directoryIdentity } from '../state/task-snapshot.ts';

export type DeletionOrder = {
  /** Its real path. */
  project: string;
  /** Where all state is kept. */
  home: string;
  task: string;
  environment: Environment;
};

/** What git has of the task. Without git, or a repository, it has nothing. */
type InGit = {
  call: GitCall;
  /** What removes its checkpoints. */
  refs: readonly Move[];
  /** About its worktree; null if it has none. */
  merge: MergeOrder | null;
};

export async function inGit(order: DeletionOrder): Promise<InGit | null> {
  const { project, home, task, environment } = order;
  const found = await gitIn(project, environment).catch(() => null);
  if (found === null || 'problem' in found) return null;
  const call = checkpointCall(found);
  const kept = await readKeptCommits(call, checkpointDirectory(pathKey(project), task));
  if ('problem' in kept) throw new Error(kept.problem);
  const refs = [...kept].map(([ref, { commit }]) => ({ ref, to: null, from: commit }));
  const state = locateState(home, project, task);
  const branch = await stateDirectoryAt(state).readWorktree(directoryIdentity(project, task));
  const merge = branch && { ...found, task, state, branch, marker: randomUUID() };
  return { call, refs, merge };
}
