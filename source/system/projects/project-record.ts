// Which project a directory of state belongs to: its name is only a digest of the project's path. Outside the project, where
// the agent cannot write. The name is that of no task:
//
//   <16 hex of the project's real path>/.project.json   {"version":1,"project":"/home/ann/shop"}

import { isAbsolute, join } from 'node:path';
import { textField } from '../../core/json/json.ts';
import { readSmallFileNow } from '../files/plain-file.ts';
import { replaceFile } from '../files/safe-file.ts';
import { pathKey, stateJsonOf, stateLimit } from '../state/state-files.ts';

const recordName = '.project.json';

/** Null if that is not known: it was last used by a program that did not record it. */
export function recordedProject(home: string, key: string): string | null {
  try {
    const json = stateJsonOf(readSmallFileNow(join(home, key, recordName), stateLimit));
    const project = json?.['version'] === 1 ? textField(json, 'project') : null;
    // The digest proves it.
    return project !== null && isAbsolute(project) && pathKey(project) === key ? project : null;
  } catch {
    return null;
  }
}

/** `project` is its real path. Does nothing where no task of the project has state, or if it is recorded already. */
export async function recordProject(home: string, project: string): Promise<void> {
  const key = pathKey(project);
  if (recordedProject(home, key) === project) return;
  const record = `${JSON.stringify({ version: 1, project })}\n`;
  // Nothing that a run depends on: without it, the project is missing from the list of all.
  await replaceFile(join(home, key, recordName), record).catch(() => {});
}
