// The mirror of a task of a hub, put together for a dashboard.

import { mirrorTask, type TaskMirror } from '../../../../engine/hub/logs/mirror-task.ts';
import type { HubLink } from '../../../../engine/hub/hub-link.ts';
import { systemClock } from '../../../../system/clock.ts';
import { openMirrorFile } from '../../../../system/hub/logs/mirror-file.ts';

/**
 * `key`: the task's, in the hub. `directory`: made if it is missing, and for one mirror at a time; its session.log is begun
 * anew. Rejects with the system's error if that cannot be made.
 */
export async function mirroredTask(
  link: HubLink,
  { key, directory }: { key: string; directory: string },
): Promise<TaskMirror> {
  return mirrorTask({ link, clock: systemClock, key, file: await openMirrorFile(directory) });
}
