// The production deps of the page "What it changed".

import type { Overlap } from '../../core/evidence/overlap.ts';
import type { SessionRecord } from '../../core/run/record.ts';
import { readChangedFiles } from '../../core/task/changed-files.ts';
import { isTaskName } from '../../core/task/task.ts';
import type { VisitChanges } from '../../engine/changes/keeper.ts';
import { beginVisit } from '../../system/changes/visit.ts';
import { readChanges } from '../../system/changes/read-changes.ts';
import { systemClock } from '../../system/clock.ts';
import { othersWorkedSince } from '../../system/state/neighbours.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { locateState } from '../../system/state/state-location.ts';
import { stateSnapshot } from '../../system/state/state-snapshot.ts';
import { workplaceOf } from '../../system/worktree/where.ts';
import { taskDirectory } from '../../system/state/task-directory.ts';
import type { ProjectPaths } from '../project-paths.ts';

export function changesDeps(
  { project, home }: ProjectPaths,
  checkpoints: 'on' | 'off',
): VisitChanges {
  return async (task) => {
    if (!isTaskName(task)) return { problem: 'This task has no valid name' };
    const state = locateState(home, project, task);
    const record = await stateDirectoryAt(state)
      .readRecord()
      .catch(() => null);
    const directory = await taskDirectory(project, task).identity();
    const session = record?.session ?? null;
    const worktree = await stateDirectoryAt(state).readWorktree(directory);
    const workplace = await workplaceOf(worktree, project);
    // Nobody else works in a worktree.
    const overlap = session === null || worktree !== null ? null : overlapNow(state, session);
    const running = session?.ended === null ? { number: session.number, overlap } : null;
    const visit = await beginVisit({
      ...{ project, task, environment: process.env, workplace },
      ...{ state, directory, running, checkpoints },
    });
    if ('problem' in visit) return visit;
    return {
      ranges: visit.ranges,
      lookedAt: visit.lookedAt,
      read: (range) => readChanges(visit, workplace, range),
      looked: () => visit.looked(systemClock.now()),
    };
  };
}

/** What a session has that runs: it is recorded at its end. */
function overlapNow(
  state: string,
  { number, startedAt }: Pick<SessionRecord, 'number' | 'startedAt'>,
): Overlap | null {
  const others = othersWorkedSince(state, startedAt);
  if (others.length === 0) return null;
  const files = readChangedFiles(stateSnapshot(state).readFiles());
  return { session: number, from: startedAt, to: systemClock.now(), others, files };
}
