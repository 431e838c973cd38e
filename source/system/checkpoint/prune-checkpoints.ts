// Removes the checkpoints of a project's tasks that have been done, or deleted, for longer than the user keeps them.

import { isAllDone, readChecklist } from '../../core/checklist/checklist.ts';
import { projectRefs } from '../../core/checkpoint/checkpoint-refs.ts';
import { datedRefsIn, isOld } from '../../core/checkpoint/old-checkpoints.ts';
import { git } from '../git/command.ts';
import { gitIn } from '../git/project-tree.ts';
import { pathKey } from '../state/state-files.ts';
import { taskSnapshot } from '../state/task-snapshot.ts';
import { checkpointCall } from './keep-checkpoint.ts';
import type { OfTask } from './project-checkpoints.ts';
import { moveRefs } from './refs.ts';

/** `task`: the one that runs, which keeps its own. */
type Pruning = OfTask & { now: number; keptMs: number };

/** The tasks whose checkpoints are gone now. */
export async function pruneCheckpoints(pruning: Pruning): Promise<readonly string[]> {
  const { project, task: running, environment } = pruning;
  const found = await gitIn(project, environment);
  if ('problem' in found) return [];
  const call = checkpointCall(found);
  const directory = projectRefs(pathKey(project));
  const listed = await git(call, {
    arguments: [
      'for-each-ref',
      '--format=%(refname) %(objectname) %(committerdate:unix)',
      directory,
    ],
  });
  if (listed.kind === 'failed') return [];
  const pruned: string[] = [];
  for (const one of datedRefsIn(listed.output, directory)) {
    if (one.task === running || !isOld(one, pruning) || !isOver(project, one.task)) continue;
    const moves = one.refs.map(({ ref, commit }) => ({ ref, to: null, from: commit }));
    if ((await moveRefs(call, moves)).kind === 'ok') pruned.push(one.task);
  }
  return pruned;
}

/** Done, or its directory is gone. What cannot be read is kept. */
function isOver(project: string, task: string): boolean {
  const list = taskSnapshot(project, task).readList();
  if (list.kind === 'text') return isAllDone(readChecklist(list.text));
  return list.kind === 'missing' && isGone(project, task);
}

function isGone(project: string, task: string): boolean {
  try {
    return taskSnapshot(project, task).identity() === null;
  } catch {
    return false;
  }
}
