// macOS has no /proc: the same answers from `ps` and `sysctl`, called by absolute path, since the PATH may lead
// into the project. Not tested on every release; the docs says so.

import { hasWord, psEnvironment, rowsOf } from './ps-output.ts';
import type { ProcessRow } from './row.ts';

// Not imported: loading it takes a fifth of the time of a whole `--list`, and Linux does not need it.
const childProcess = () => process.getBuiltinModule('node:child_process');

/** Arguments and environment together may take a megabyte, and ps writes four characters for some bytes. */
const maxBuffer = 16 * 1024 * 1024;

async function ps(...words: readonly string[]): Promise<string> {
  const execFile = process.getBuiltinModule('node:util').promisify(childProcess().execFile);
  return (await execFile('/bin/ps', words, { maxBuffer, env: psEnvironment })).stdout;
}

export function bootId(): string {
  try {
    return childProcess()
      .execFileSync('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid'], {
        encoding: 'utf8',
      })
      .trim();
  } catch {
    return 'unknown';
  }
}

export async function allProcesses(): Promise<ProcessRow[]> {
  return rowsOf(await ps('-A', '-o', 'pid=,pgid=,stat=,lstart='));
}

/** The same of one process, without waiting. */
export function processNow(pid: number): ProcessRow | null {
  const words = ['-p', String(pid), '-o', 'pid=,pgid=,stat=,lstart='];
  try {
    const text = childProcess().execFileSync('/bin/ps', words, {
      encoding: 'utf8',
      env: psEnvironment,
      timeout: 1000,
    });
    return rowsOf(text)[0] ?? null;
  } catch {
    return null;
  }
}

export async function carries(pid: number, assignment: string): Promise<boolean> {
  try {
    return hasWord(await ps('eww', '-p', String(pid), '-o', 'command='), assignment);
  } catch {
    return false;
  }
}
