// Runs a program to its end: how long it took, what it printed, how much memory it used.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { costOf } from './process-cost.ts';

export const dist = new URL('../../dist/', import.meta.url).pathname;

export type Ran = { ms: number; stdout: string };

export type RunCall = { cwd: string; env: Record<string, string> };

export function run(command: string, args: readonly string[], call: RunCall): Ran {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(command, [...args], {
    ...call,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const ms = performance.now() - began;
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return { ms, stdout };
}

/** In MiB, as the kernel counts it; read every millisecond, because the value is gone with the process. */
export async function peakMemory(
  command: string,
  args: readonly string[],
  call: RunCall,
): Promise<number> {
  const child = spawn(command, [...args], { ...call, stdio: 'ignore' });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} did not start`);
  let peak = 0;
  const looking = setInterval(() => {
    // After the process has ended, before we are told, there is nothing left to read.
    if (child.exitCode === null) peak = Math.max(peak, peakOf(pid));
  }, 1);
  const [status] = (await once(child, 'exit')) as [number | null];
  clearInterval(looking);
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return peak;
}

function peakOf(pid: number): number {
  try {
    return costOf(pid).peakRssMiB;
  } catch {
    return 0;
  }
}
