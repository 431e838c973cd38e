// A program that runs once and ends: how long it took, and what it said.

import { spawnSync } from 'node:child_process';

export const dist = new URL('../../dist/', import.meta.url).pathname;

export type Ran = { ms: number; stdout: string };

export function run(
  command: string,
  args: readonly string[],
  call: { cwd: string; env: Record<string, string> },
): Ran {
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
