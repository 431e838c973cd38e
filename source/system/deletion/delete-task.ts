// Deletes a task: its worktree if that is clean and merged, its checkpoints, its directory, its state. The caller holds
// the task. Each part is gone or there, whatever is killed in between, and the next try goes on: the directory leaves
// the list in one step, under a name that no task has, and the state, by which the rest is found, comes last.

import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DeletionPlan } from '../../core/deletion/deletion-words.ts';
import { moveRefs } from '../checkpoint/refs.ts';
import { inDirectory, NoDirectoryError } from '../files/entered-directory.ts';
import { isMissing } from '../files/plain-file.ts';
import { removeTree } from '../files/remove-tree.ts';
import { removeMergedTask } from '../merge/merge-branch.ts';
import { readJournal } from '../merge/merge-journal.ts';
import { stateDirectoryAt } from '../state/state-directory.ts';
import { statePath } from '../state/state-files.ts';
import { locateState } from '../state/state-location.ts';
import { deletedPrefix } from '../state/task-files.ts';
import { inGit, type DeletionOrder } from './deletion-order.ts';

type Deleted = Pick<DeletionPlan, 'worktree'> | { problem: string };

export async function deleteTask(order: DeletionOrder): Promise<Deleted> {
  const { project, home, task } = order;
  const state = locateState(home, project, task);
  if ((await readJournal(state)) !== null) {
    return { problem: `a merge of ${task} was cut short: merge again first` };
  }
  const found = await inGit(order);
  const worktree = found?.merge == null ? null : await withoutWorktree(found.merge, project);
  if (found !== null && found.refs.length > 0) {
    const moved = await moveRefs(found.call, found.refs);
    if (moved.kind === 'failed') return { problem: moved.problem };
  }
  await removeDirectory(project, task);
  for (const path of new Set([state, statePath(home, project, task)])) await removeState(path);
  return { worktree };
}

/** Whether a deletion of a task of this name was cut short. */
export async function isHalfDeleted({ project, home, task }: DeletionOrder): Promise<boolean> {
  const aside = `${deletedPrefix}${task}`;
  const own = statePath(home, project, task);
  const paths = [join(project, '.autonomous', aside), own, join(dirname(own), aside)];
  return (await Promise.all(paths.map(isThere))).includes(true);
}

async function withoutWorktree(
  merge: Parameters<typeof removeMergedTask>[0],
  project: string,
): Promise<DeletionPlan['worktree']> {
  const removal = await removeMergedTask(merge, project);
  const { path, branch } = merge.branch;
  if (removal.kind === 'kept') return { path, branch, kept: removal.why };
  await stateDirectoryAt(merge.state).forgetWorktree();
  return { path, branch, kept: null };
}

async function removeDirectory(project: string, task: string): Promise<void> {
  try {
    await inDirectory([project, '.autonomous'], async (at) => {
      // What another try left.
      await removeTree(at, `${deletedPrefix}${task}`);
      await rename(`${at}/${task}`, `${at}/${deletedPrefix}${task}`).catch(unlessMissing);
      await removeTree(at, `${deletedPrefix}${task}`);
    });
  } catch (error) {
    if (!isMissing(error) && !(error instanceof NoDirectoryError)) throw error;
  }
}

/** Only the user can write there. Its name is free at once: what waits for the lock in it finds no task any more. */
async function removeState(path: string): Promise<void> {
  const parent = dirname(path);
  const aside = join(parent, `${deletedPrefix}${basename(path)}`);
  await rm(aside, { recursive: true, force: true });
  await rename(path, aside).catch(unlessMissing);
  const names = await readdir(parent).catch(() => []);
  // With what other tries left.
  for (const name of names.filter((one) => one.startsWith(deletedPrefix))) {
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

function unlessMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
