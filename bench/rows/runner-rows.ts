// What runners cost all night while Codex waits for the model.

import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { logLine } from '../lib/project.ts';
import { costOf } from '../lib/process-cost.ts';
import type { Row, Sides, Size } from '../lib/row.ts';
import { startRunners } from '../lib/runners.ts';

const watchedMs = 10_000;
const cpu = '% of a core';

export const runnerRows: readonly Row[] = [
  {
    name: 'runner-memory',
    what: 'a runner: resident memory',
    unit: 'MiB',
    goal: { kind: 'at most', value: 60 },
    rounds: { whole: 3, short: 1 },
    open: async (size) => {
      const sides = await withRunners(1, size, (pids) => pids.map((pid) => costOf(pid).rssMiB));
      return { ...sides, floor: bareNodeMiB };
    },
  },
  {
    name: 'runner-cpu',
    what: 'a runner while Codex waits for the model: CPU',
    unit: cpu,
    goal: { kind: 'at most', value: 0.3 },
    rounds: { whole: 3, short: 1 },
    isInShort: false,
    open: (size) => withRunners(1, size, percentOfEach),
  },
  {
    name: 'copy-cpu',
    what: 'a runner while Codex writes 100 lines per second: CPU (promised: 1 %, beside 0.3 % while it waits)',
    unit: cpu,
    goal: { kind: 'times the floor', value: 3.3 },
    rounds: { whole: 3, short: 1 },
    isInShort: false,
    open: withLines,
  },
  {
    name: 'twenty-runners-cpu',
    what: 'twenty runners while Codex waits for the model: CPU of each, p95',
    unit: cpu,
    goal: { kind: 'at most', value: 0.3 },
    quantile: 0.95,
    rounds: { whole: 2, short: 1 },
    isInShort: false,
    open: (size) => withRunners(20, size, percentOfEach),
  },
];

/** The runner copies each line, and reads it for itself. The floor is the same runner without lines. */
async function withLines(size: Size): Promise<Sides> {
  const runners = await startRunners(1);
  await delay(size === 'whole' ? 5000 : 1000);
  const [output] = runners.outputs;
  if (output === undefined) throw new Error('Codex writes into no file of its own');
  let number = 0;
  return {
    floor: () => percentOfEach(runners.pids),
    ours: async () => {
      const write = setInterval(() => {
        const lines = Array.from({ length: 10 }, () => `${logLine(number++)}\n`);
        appendFileSync(output, lines.join(''));
      }, 100);
      try {
        return await percentOfEach(runners.pids);
      } finally {
        clearInterval(write);
      }
    },
    end: async () => {
      await runners.end();
      if (number === 0) throw new Error('Nothing was written');
    },
  };
}

async function withRunners(
  count: number,
  size: Size,
  measure: (pids: readonly number[]) => Promise<number[]> | number[],
): Promise<Sides> {
  const runners = await startRunners(count);
  // By then the garbage of the start is collected.
  await delay(size === 'whole' ? 5000 : 1000);
  return { ours: () => measure(runners.pids), end: runners.end };
}

/** A Node process that waits for a timer. Most of it is Node's own code, which all running processes share. */
async function bareNodeMiB(): Promise<number> {
  const bare = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await delay(1000);
  const { rssMiB } = costOf(bare.pid ?? process.pid);
  bare.kill();
  return rssMiB;
}

async function percentOfEach(pids: readonly number[]): Promise<number[]> {
  const [before, began] = [pids.map((pid) => costOf(pid).cpuMs), performance.now()];
  await delay(watchedMs);
  const hundredths = (performance.now() - began) / 100;
  return pids.map((pid, at) => (costOf(pid).cpuMs - (before[at] ?? 0)) / hundredths);
}
