// Whether one process is alive. A process is the same only if pid, kernel start time and boot id agree.

import { readFileSync } from 'node:fs';
import type { ProcessIdentity, ProcessLife } from '../../core/run/record.ts';
import type { ProcessRow } from './row.ts';
import * as darwin from './table-darwin.ts';

let knownBootId: string | undefined;

/** Identifies one boot of one machine; a container without it still has its own process table. */
export function bootId(): string {
  return (knownBootId ??= readBootId());
}

/** Null if no such process is alive (a zombie is not). */
export async function identityOf(pid: number): Promise<ProcessIdentity | null> {
  const row = await processRow(pid);
  if (row === null || row.zombie) return null;
  return { pid, startTime: row.startTime, bootId: bootId() };
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await lifeOf(identity)) !== 'gone';
}

export async function lifeOf(identity: ProcessIdentity): Promise<ProcessLife> {
  if (identity.bootId !== bootId()) return 'gone';
  const row = await processRow(identity.pid);
  if (row === null || row.zombie || row.startTime !== identity.startTime) return 'gone';
  return row.stopped ? 'stopped' : 'running';
}

export async function processRow(pid: number): Promise<ProcessRow | null> {
  if (process.platform === 'darwin') {
    return (await darwin.allProcesses()).find((row) => row.pid === pid) ?? null;
  }
  try {
    // Synchronous: this file never blocks, and a thread of Node's pool would take longer.
    return parseStat(pid, readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return null;
  }
}

/** `4242 (any ) name) S 1 4242 4242 0 …`: the name may contain anything, so count from the last parenthesis. */
export function parseStat(pid: number, stat: string): ProcessRow | null {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, , group] = fields;
  const startTime = fields[19];
  if (state === undefined || group === undefined || startTime === undefined) return null;
  return {
    pid,
    group: Number(group),
    startTime,
    zombie: state === 'Z' || state === 'X',
    stopped: state === 'T' || state === 't',
  };
}

function readBootId(): string {
  if (process.platform === 'darwin') return darwin.bootId();
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
