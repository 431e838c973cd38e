// A task of the dashboard as the hub knows it.

import { newerRecordSentence, noHubTaskSentence } from '../../../core/hub/claim-sentences.ts';
import { hubTaskKey } from '../../../core/hub/hub-names.ts';
import { readHubTask, type HubTask } from '../../../core/hub/task-record.ts';
import { placeOf, type TaskKey } from '../../../core/task/task-key.ts';
import { safeLine } from '../../../core/text/safe-text.ts';
import type { HubConnection, HubEntry } from '../../../system/hub/hub-connection.ts';
import type { HubLink } from '../hub-link.ts';

/** Throws a sentence. */
export function keyAtHub(task: TaskKey): string {
  const key = hubTaskKey(task);
  if (key === null) throw new Error('This is no task of the hub');
  return key;
}

/** As a sentence names it. */
export function nameAtHub(task: TaskKey): string {
  return safeLine(placeOf(task).name, 100);
}

/** Throws a sentence. */
export function connectedTo(link: HubLink): HubConnection {
  const connection = link.current();
  if (connection === null) throw new Error(link.problem() ?? 'The hub is not connected yet');
  return connection;
}

/** `revision`: on this connection only; on another start of the server, the same number may be that of another text. */
export async function readTaskAtHub(
  connection: HubConnection,
  key: string,
): Promise<Pick<HubEntry, 'revision'> & { task: HubTask }> {
  const { revision, text } = await connection.read('tasks', key);
  if (text === null) throw new Error(noHubTaskSentence('missing'));
  const found = readHubTask(text, key);
  if (found.kind === 'newer') throw new Error(newerRecordSentence);
  if (found.kind === 'unreadable') throw new Error(noHubTaskSentence('unreadable'));
  return { revision, task: found.task };
}
