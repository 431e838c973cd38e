// Who tells the user of an event, if several dashboards are open: the one that creates the event's file.
//
//   <state home>/machine/told/<16 hex of project and event>

import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../files/plain-file.ts';
import { pathKey } from '../state/state-files.ts';
import { makeState } from '../state/make-state.ts';

/** A dashboard that was stopped for longer may tell an event again. */
const keptMs = 30 * 24 * 60 * 60_000;

type Claiming = { project: string; home: string; now(): number };

/** True for the first who asks for this event. Where nothing can be written, it is told twice rather than never. */
export async function claimEvent(
  { project, home, now }: Claiming,
  event: string,
): Promise<boolean> {
  try {
    await makeState(home, ['machine', 'told'], 'trusted');
    const directory = join(home, 'machine', 'told');
    await prune(directory, now() - keptMs);
    const file = await open(join(directory, pathKey(`${project}\n${event}`)), 'wx', 0o600);
    await file.close();
    return true;
  } catch (error) {
    return !hasCode(error, 'EEXIST');
  }
}

async function prune(directory: string, before: number): Promise<void> {
  for (const name of await readdir(directory)) {
    const path = join(directory, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs < before) await rm(path, { force: true });
  }
}
