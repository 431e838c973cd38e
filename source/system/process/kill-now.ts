// Kills a session at once, for a runner that must end whatever hangs: nothing here waits, and nothing uses the threads
// with which Node reads files, since all of them may hang.

import { readdirSync, readFileSync } from 'node:fs';
import { sessionMarker } from '../../core/codex/arguments.ts';
import type { ProcessIdentity } from '../../core/run/record.ts';
import type { SessionProcesses } from './session-processes.ts';
import { bootId, parseStat } from './identity.ts';
import type { ProcessRow } from './row.ts';
import * as darwin from './table-darwin.ts';

/** SIGKILL to the group of `leader`, and to what carries the session's marker. */
export function killNow({ uuid, leader }: SessionProcesses): void {
  // First: reading the environment of a process may take longer than all the rest.
  if (leader !== null && isThere(leader)) kill(-leader.pid);
  if (process.platform === 'darwin') return;
  for (const name of namesIn('/proc')) {
    const pid = Number(name);
    if (pid > 1 && pid !== process.pid && carriesMarker(pid, uuid)) kill(pid);
  }
}

function isThere({ pid, startTime, bootId: boot }: ProcessIdentity): boolean {
  return pid > 1 && boot === bootId() && rowOf(pid)?.startTime === startTime;
}

function rowOf(pid: number): ProcessRow | null {
  if (process.platform === 'darwin') return darwin.processNow(pid);
  try {
    return parseStat(pid, readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return null;
  }
}

function carriesMarker(pid: number, uuid: string): boolean {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    return environment.split('\0').includes(`${sessionMarker}=${uuid}`);
  } catch {
    return false;
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone, or not ours.
  }
}
