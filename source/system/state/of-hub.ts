// Whether only a worker of a hub starts a task: it was given to be worked on in its project.

import { isGivenAt } from './files/given-file.ts';
import { statePath } from './state-files.ts';
import { directoryIdentity } from './task-snapshot.ts';

/** Asked where the state belongs: of a project that was moved since, no worker knows. */
export function isOfHub(home: string, project: string, task: string): boolean {
  const directory = () => directoryIdentity(project, task);
  return isGivenAt(statePath(home, project, task), directory);
}
