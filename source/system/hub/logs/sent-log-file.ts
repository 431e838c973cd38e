// hub-log.json, in the state directory of a task that machines share: which logs of it this machine sends to the hub.

import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readSentLog, writtenSentLog, type SentLog } from '../../../core/hub/log/sent-log.ts';
import { readSmallFile, replaceFile } from '../../files/safe-file.ts';
import { stateJsonOf, stateLimit } from '../../state/state-files.ts';

export type SentLogFile = {
  /** Null if there is none, or it cannot be read. */
  read(): Promise<SentLog | null>;
  write(sent: SentLog): Promise<void>;
};

const name = 'hub-log.json';

/** `state`: the path of the task's state directory, which is there. */
export function sentLogFile(state: string): SentLogFile {
  const path = join(state, name);
  return {
    read: async () => readSentLog(stateJsonOf(await readSmallFile(path, stateLimit))),
    write: (sent) => replaceFile(path, `${writtenSentLog(sent)}\n`),
  };
}

/** The state directories of tasks whose logs this machine has sent, below a state home. */
export async function statesWithSentLog(home: string): Promise<string[]> {
  const found: string[] = [];
  for (const project of await directoriesIn(home)) {
    if (!/^[0-9a-f]{16}$/.test(project)) continue;
    for (const task of await directoriesIn(join(home, project))) {
      const state = join(home, project, task);
      const file = await lstat(join(state, name)).catch(() => null);
      if (file !== null) found.push(state);
    }
  }
  return found;
}

async function directoriesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
