// The cost of a process so far, as the kernel counts it: CPU of all its threads in nanoseconds, memory, and how often
// its threads were woken up.

import { readdirSync, readFileSync } from 'node:fs';

export type Cost = {
  cpuMs: number;
  wakeUps: number;
  rssMiB: number;
  peakRssMiB: number;
  /** Open descriptors. */
  handles: number;
};

export function costOf(pid: number): Cost {
  let nanoseconds = 0;
  let wakeUps = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const base = `/proc/${pid}/task/${thread}`;
    nanoseconds += Number(readFileSync(`${base}/schedstat`, 'utf8').split(' ')[0]);
    wakeUps += numberIn(readFileSync(`${base}/status`, 'utf8'), 'voluntary_ctxt_switches');
  }
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    cpuMs: nanoseconds / 1e6,
    wakeUps,
    rssMiB: numberIn(status, 'VmRSS') / 1024,
    peakRssMiB: numberIn(status, 'VmHWM') / 1024,
    handles: readdirSync(`/proc/${pid}/fd`).length,
  };
}

/** How many MiB of its memory a process has to itself. */
export function privateMiB(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return (numberIn(rollup, 'Private_Clean') + numberIn(rollup, 'Private_Dirty')) / 1024;
}

function numberIn(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'mu').exec(status)?.[1] ?? 0);
}
