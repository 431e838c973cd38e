// What the deletion of a task would remove; nothing is touched.

import { join } from 'node:path';
import type { DeletionPlan } from '../../core/deletion/deletion-words.ts';
import { whyNotRemoved } from '../merge/merge-branch.ts';
import { stateSnapshot } from '../state/state-snapshot.ts';
import { locateState } from '../state/state-location.ts';
import { autonomousDirectory } from '../state/task-files.ts';
import { directoryIdentity } from '../state/task-snapshot.ts';
import { inGit, type DeletionOrder } from './deletion-order.ts';

export async function planDeletion(order: DeletionOrder): Promise<DeletionPlan> {
  const { project, home, task } = order;
  const found = await inGit(order);
  const merge = found?.merge ?? null;
  const state = locateState(home, project, task);
  const isThere = directoryIdentity(project, task) !== null;
  return {
    directory: isThere ? join(autonomousDirectory(project), task) : null,
    state: stateSnapshot(state).isThere() ? state : null,
    checkpoints: found?.refs.length ?? 0,
    worktree: merge && {
      path: merge.branch.path,
      branch: merge.branch.branch,
      kept: await whyNotRemoved(merge, project),
    },
  };
}
