// Stops a process for some time, as a debugger or a shell does.

import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { SeenProcess } from '../outside/process-watch.ts';

export function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

/** Does something while the process stands still. Without a process it is simply done. */
export async function whileStopped<T>(whom: SeenProcess | null, act: () => Promise<T>): Promise<T> {
  if (whom === null) return act();
  signal(whom.pid, 'SIGSTOP');
  try {
    while (await stillRuns(whom.pid)) await delay(1);
    return await act();
  } finally {
    signal(whom.pid, 'SIGCONT');
  }
}

/** A signal is only noticed when the kernel next lets the process run. */
async function stillRuns(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  return state !== '' && !'tTZX'.includes(state);
}
