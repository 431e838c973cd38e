// Which task a session belongs to, by the records. session.log can be copied or moved to another task, a record cannot.

import { readdirSync } from 'node:fs';
import { stateSnapshot } from './state-snapshot.ts';

/** Whether a record other than the one at `own` names a session as its task's last one. */
export function isOfAnotherTask(home: string, own: string, uuid: string): boolean {
  for (const key of namesIn(home)) {
    for (const task of namesIn(`${home}/${key}`)) {
      const path = `${home}/${key}/${task}`;
      if (path !== own && lastSessionAt(path) === uuid) return true;
    }
  }
  return false;
}

function lastSessionAt(path: string): string | null {
  try {
    return stateSnapshot(path).readRecord()?.session?.uuid ?? null;
  } catch {
    return null;
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
