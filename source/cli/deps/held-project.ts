// Holds a project still: the locks of all of its tasks, so that no runner works in its files and none starts meanwhile.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Lock } from '../../system/files/lock.ts';
import { codexLives } from '../../system/process/codex-process.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { locateState } from '../../system/state/state-location.ts';
import { taskNames } from '../../system/state/task-directory.ts';
import type { ProjectPaths } from '../project-paths.ts';

/** Or the name of a task that runs. `isInThese`: whether a task works in these files; default: all do. */
export async function holdProject(
  { project, home }: ProjectPaths,
  isInThese: (task: string) => boolean | Promise<boolean> = () => true,
): Promise<{ release(): void } | { runs: string }> {
  const locks: Lock[] = [];
  const release = (): void => locks.forEach((lock) => lock.release());
  for (const task of await taskNames(project)) {
    if (!(await isInThese(task))) continue;
    const path = locateState(home, project, task);
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
      return { runs: task };
    }
  }
  return { release };
}
