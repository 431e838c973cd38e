// Which processes a session has. It is alive while any process that is not a zombie carries its marker in the
// environment, or belongs to the process group of its leader while that still exists; the launcher's pid alone says
// nothing.

import { readdir, readFile } from 'node:fs/promises';
import { sessionMarker } from '../../core/codex/arguments.ts';
import type { ProcessIdentity } from '../../core/run/record.ts';
import { bootId, processRow } from './identity.ts';
import type { ProcessRow } from './row.ts';
import * as darwin from './table-darwin.ts';

/**
 * All living processes of a session: those that carry its marker or are in the group that `leader` created. Without
 * the leader, a group's number proves nothing: when the group had ended, another may have got the number, and its
 * leader may be gone as well. Then only the marker counts, which everything that Codex starts inherits.
 */
export async function processesOf({
  uuid,
  leader,
}: {
  uuid: string;
  leader: ProcessIdentity | null;
}): Promise<ProcessRow[]> {
  const group = await groupStillOurs(leader);
  const found: ProcessRow[] = [];
  const look = async (row: ProcessRow | null): Promise<void> => {
    if (row === null || row.zombie || row.pid <= 1 || row.pid === process.pid) return;
    if (row.group === group || (await carriesMarker(row.pid, uuid))) found.push(row);
  };
  if (process.platform === 'darwin') {
    for (const row of await darwin.allProcesses()) await look(row);
    return found;
  }
  const looked = new Set<number>();
  // The list is not a snapshot: if a process forks and exits while it is read, the child is missing. So it is read
  // again until no new pid appears; then every living process has been looked at.
  for (;;) {
    const fresh = (await allPids()).filter((pid) => !looked.has(pid));
    if (fresh.length === 0) return found;
    for (const pid of fresh) {
      looked.add(pid);
      await look(await processRow(pid));
    }
  }
}

/** Signals one process if it is still the one that was seen; does nothing if it is gone. */
export async function signalProcess(seen: ProcessRow, signal: NodeJS.Signals): Promise<void> {
  const now = await processRow(seen.pid);
  if (now === null || now.startTime !== seen.startTime || seen.pid <= 1) return;
  try {
    process.kill(seen.pid, signal);
  } catch {
    // It ended meanwhile, or is not ours to signal; the next look will show.
  }
}

async function groupStillOurs(leader: ProcessIdentity | null): Promise<number | null> {
  if (leader === null || leader.pid <= 1 || leader.bootId !== bootId()) return null;
  const holder = await processRow(leader.pid);
  return holder?.startTime === leader.startTime ? leader.pid : null;
}

async function carriesMarker(pid: number, uuid: string): Promise<boolean> {
  if (process.platform === 'darwin') return darwin.carries(pid, `${sessionMarker}=${uuid}`);
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
    return environment.split('\0').includes(`${sessionMarker}=${uuid}`);
  } catch {
    return false; // Another user's, or gone.
  }
}

async function allPids(): Promise<number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/u.test(name)).map(Number);
}
