// Holds the files still that a task works in: the locks of all tasks that work there, so that no runner works in them and
// none starts meanwhile. A worktree has only its own task; the project has those without one.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { takenOverBy } from '../../engine/take-over/taken-over-by.ts';
import { busySentence } from '../../engine/tasks/runner-client.ts';
import type { Lock } from '../../system/files/lock.ts';
import { codexLives } from '../../system/process/session-processes.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { locateState } from '../../system/state/state-location.ts';
import { taskDirectory, taskNames } from '../../system/state/task-directory.ts';
import { directoryIdentity } from '../../system/state/task-snapshot.ts';
import type { ProjectPaths } from '../project-paths.ts';

/** `takenOver`: a sentence if it is that, and has no run that could be paused. */
type Held = { release(): void } | { runs: string; takenOver: string | null };

/** Or the name of a task that is at work. `isInThese`: whether a task works in these files; default: all do. */
export async function holdProject(
  { project, home }: ProjectPaths,
  isInThese: (task: string) => boolean | Promise<boolean> = () => true,
): Promise<Held> {
  const locks: Lock[] = [];
  const release = (): void => locks.forEach((lock) => lock.release());
  for (const name of await taskNames(project)) {
    if (!(await isInThese(name))) continue;
    const path = locateState(home, project, name);
    if (!existsSync(join(path, 'run.json'))) continue;
    const state = stateDirectoryAt(path);
    const lock = await state.takeLock(0);
    if (lock !== null) locks.push(lock);
    const session = (await state.readRecord())?.session ?? null;
    // Codex survives its runner.
    const isOpen = session !== null && session.ended === null;
    const lives =
      isOpen && (await codexLives({ uuid: session.uuid, leader: session.codex, log: session.log }));
    if (lock === null || lives) {
      release();
      const holder = await takenOverBy({ state, task: taskDirectory(project, name) });
      return { runs: name, takenOver: holder === null ? null : busySentence(name, holder) };
    }
  }
  return { release };
}

/** The files that a task works in: those of its worktree, or of the project. */
export async function holdFilesOf(task: string, paths: ProjectPaths): Promise<Held> {
  const hasWorktree = async (name: string): Promise<boolean> => {
    const state = stateDirectoryAt(locateState(paths.home, paths.project, name));
    return (await state.readWorktree(directoryIdentity(paths.project, name))) !== null;
  };
  const isApart = await hasWorktree(task);
  return holdProject(paths, async (name) => (isApart ? name === task : !(await hasWorktree(name))));
}
