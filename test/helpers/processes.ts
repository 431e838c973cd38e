// Live processes, read from /proc: to check that no process is left behind, and to end what a failed test left.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { until } from './until.ts';

export type LivingProcess = { pid: number; command: string };

/**
 * All processes of a directory: they run in it, or their command line or environment names it. Synchronous on purpose:
 * promises took several times the CPU, and tests look often.
 */
export function processesUnder(directory: string): LivingProcess[] {
  const found: LivingProcess[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid) continue;
    const command = commandUnder(directory, `/proc/${pid}`);
    if (command !== null) found.push({ pid, command });
  }
  return found;
}

/** Ends them by their ids alone: other Codex processes on this machine are not ours. */
export async function endProcessesUnder(directory: string): Promise<void> {
  await until('all processes of the test are gone', () => {
    const living = processesUnder(directory);
    for (const { pid } of living) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended.
      }
    }
    return living.length === 0;
  });
}

/** False for a zombie, too. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
  return stat !== null && !isZombie(stat);
}

/** Null for a process that does not belong to the directory, and for one that has ended. */
function commandUnder(directory: string, at: string): string | null {
  // Another user's processes cannot be read: they do not belong to it.
  const commandLine = read(`${at}/cmdline`);
  // Empty also for a moment while a process exits: its memory is gone before it is a zombie.
  if (commandLine === '') return null;
  const isUnder =
    commandLine.includes(directory) ||
    read(`${at}/environ`).includes(directory) ||
    link(`${at}/cwd`).includes(directory);
  if (!isUnder) return null;
  const stat = read(`${at}/stat`);
  return stat === '' || isZombie(stat) ? null : commandLine.replaceAll('\0', ' ').trim();
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** `4242 (any ) name) Z 1 …` */
function isZombie(stat: string): boolean {
  const state = stat.charAt(stat.lastIndexOf(')') + 2);
  return state === 'Z' || state === 'X';
}
