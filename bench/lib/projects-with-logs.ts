// Two projects with one task each: one has the big log, the other only the end of it.

import { execFileSync } from 'node:child_process';
import { linkSync, rmSync } from 'node:fs';
import { makeProject, taskName, type Project } from './project.ts';
import type { Size } from './row.ts';
import { sharedLog } from './shared-log.ts';

export type ProjectsWithLogs = { big: Project; small: Project; remove(): void };

/** The task's log is the shared one, or its last 10 MB. Nothing may be appended to the shared one. */
export async function projectsWithLogs(size: Size): Promise<ProjectsWithLogs> {
  const { path } = await sharedLog(size);
  const big = makeProject({ tasks: 1, running: 1 });
  const small = makeProject({ tasks: 1, running: 1 });
  const task = taskName(0);
  rmSync(big.logOf(task));
  linkSync(path, big.logOf(task));
  const lastOfIt = 'tail -c 10000000 "$1" | tail -n +2 > "$2"';
  execFileSync('sh', ['-c', lastOfIt, '-', path, small.logOf(task)]);
  return {
    big,
    small,
    remove: () => {
      big.remove();
      small.remove();
    },
  };
}
