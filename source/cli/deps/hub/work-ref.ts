// The name of a task at the git remote.

import { createHash } from 'node:crypto';

/** `key`: the task's at the hub. */
export function remoteNameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
