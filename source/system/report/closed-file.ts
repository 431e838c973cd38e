// When the last dashboard of a project was closed, beside its tasks' state. The name is that of no task:
//
//   <16 hex of the project's real path>/.closed.json   {"version":1,"at":1769684647000}

import { dirname, join } from 'node:path';
import { countField } from '../../core/json/json.ts';
import { readSmallFile, replaceFile } from '../files/safe-file.ts';
import { stateJsonOf, stateLimit, statePath } from '../state/state-files.ts';

type OfProject = { project: string; home: string };

/** Epoch ms; null if none was closed yet, or it is not known. */
export async function readClosedFile(of: OfProject): Promise<number | null> {
  const file = await readSmallFile(pathOf(of), stateLimit).catch(() => null);
  const json = stateJsonOf(file);
  return json?.['version'] === 1 ? countField(json, 'at') : null;
}

/** Fails where no task of the project has state yet: then nothing can have happened either. */
export async function writeClosedFile(of: OfProject, at: number): Promise<void> {
  await replaceFile(pathOf(of), `${JSON.stringify({ version: 1, at })}\n`);
}

function pathOf({ project, home }: OfProject): string {
  return join(dirname(statePath(home, project, 'any')), '.closed.json');
}
