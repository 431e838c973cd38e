// Who is alive. A process is the same only if pid, kernel start time and boot id agree. A session lives while
// any process that is no zombie carries its marker in the environment or belongs to its process group:
// the launcher's pid alone says nothing.

import { readdir, readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { sessionMarker } from '../core/codex-arguments.ts';
import type { ProcessIdentity } from '../core/run-record.ts';
import * as darwin from './process-table-darwin.ts';

export type ProcessRow = { pid: number; group: number; startTime: string; zombie: boolean };

/** Identifies one boot of one machine; a container without it still has its own process table. */
export function bootId(): string {
  if (process.platform === 'darwin') return darwin.bootId();
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

/** Null when no such process lives (a zombie does not). */
export async function identityOf(pid: number): Promise<ProcessIdentity | null> {
  const row = await processRow(pid);
  if (row === null || row.zombie) return null;
  return { pid, startTime: row.startTime, bootId: bootId() };
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  if (identity.bootId !== bootId()) return false;
  const row = await processRow(identity.pid);
  return row !== null && !row.zombie && row.startTime === identity.startTime;
}

/**
 * All living processes of a session: they carry its marker, or are in the group that `leader` founded.
 * A group whose number now belongs to another leader is not ours.
 */
export async function processesOf(session: {
  uuid: string;
  leader: ProcessIdentity | null;
}): Promise<ProcessRow[]> {
  const rows = (await allProcesses()).filter((row) => !row.zombie && row.pid > 1);
  const group = groupStillOurs(rows, session.leader);
  const found: ProcessRow[] = [];
  for (const row of rows) {
    if (row.pid === process.pid) continue;
    if (row.group === group || (await carriesMarker(row.pid, session.uuid))) found.push(row);
  }
  return found;
}

/** Signals one process, if it is still the one that was seen; silent when it is gone. */
export async function signalProcess(seen: ProcessRow, signal: NodeJS.Signals): Promise<void> {
  const now = await processRow(seen.pid);
  if (now === null || now.startTime !== seen.startTime || seen.pid <= 1) return;
  try {
    process.kill(seen.pid, signal);
  } catch {
    // It ended in between, or is not ours to signal; the next look tells.
  }
}

function groupStillOurs(
  rows: readonly ProcessRow[],
  leader: ProcessIdentity | null,
): number | null {
  if (leader === null || leader.pid <= 1 || leader.bootId !== bootId()) return null;
  const holder = rows.find((row) => row.pid === leader.pid);
  return holder === undefined || holder.startTime === leader.startTime ? leader.pid : null;
}

async function carriesMarker(pid: number, uuid: string): Promise<boolean> {
  if (process.platform === 'darwin') return darwin.carries(pid, `${sessionMarker}=${uuid}`);
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
    return environment.split('\0').includes(`${sessionMarker}=${uuid}`);
  } catch {
    return false; // Another person's, or gone.
  }
}

async function allProcesses(): Promise<ProcessRow[]> {
  if (process.platform === 'darwin') return darwin.allProcesses();
  const rows: ProcessRow[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/u.test(name)) continue;
    const row = await processRow(Number(name));
    if (row !== null) rows.push(row);
  }
  return rows;
}

async function processRow(pid: number): Promise<ProcessRow | null> {
  if (process.platform === 'darwin') {
    return (await darwin.allProcesses()).find((row) => row.pid === pid) ?? null;
  }
  try {
    return parseStat(pid, await readFile(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return null;
  }
}

/** `4242 (any ) name) S 1 4242 4242 0 …`: the name may hold anything, so count from the last parenthesis. */
export function parseStat(pid: number, stat: string): ProcessRow | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, , group] = fields;
  const startTime = fields[19];
  if (state === undefined || group === undefined || startTime === undefined) return null;
  return { pid, group: Number(group), startTime, zombie: state === 'Z' || state === 'X' };
}
