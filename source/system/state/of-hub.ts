// Whether only a worker of a hub starts a task: it was given to be worked on in its project, or it is in a clone that a worker
// here has made. Another machine may have such a clone's task at any time.

import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import type { OfHub } from '../../core/hub/given-in-place.ts';
import { isGivenAt } from './files/given-file.ts';
import { statePath } from './state-files.ts';
import { directoryIdentity } from './task-snapshot.ts';

/** Below the state home: the clones of the workers here. */
export const clonesDirectory = 'shared';

/** Null of a task that its user starts. */
export function ofHub(home: string, project: string, task: string): OfHub | null {
  if (isClone(home, project)) return 'cloned';
  const directory = () => directoryIdentity(project, task);
  // Where the state belongs: of a project that was moved since, no worker knows.
  return isGivenAt(statePath(home, project, task), directory) ? 'given' : null;
}

/** The project's path is a real one, and the way to the home may lead over links. */
function isClone(home: string, project: string): boolean {
  try {
    return project.startsWith(realpathSync.native(`${home}/${clonesDirectory}`) + sep);
  } catch {
    // No worker has made any.
    return false;
  }
}
