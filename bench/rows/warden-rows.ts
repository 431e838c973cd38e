// What a warden costs beside its runner: a Node process for each session under a lease.

import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { leaseDurations } from '../../source/core/lease/durations.ts';
import { costOf, privateMiB } from '../lib/process-cost.ts';
import type { Row, Sides, Size } from '../lib/row.ts';
import { run } from '../lib/run-node.ts';
import { startRunners } from '../lib/runners.ts';
import { makeWardens } from '../lib/warden.ts';

const watchedMs = 10_000;

export const wardenRows: readonly Row[] = [
  {
    name: 'warden-memory',
    what: 'a runner and the warden of its session: memory, what both have counted once',
    unit: 'MiB',
    goal: { kind: 'at most', value: 75 },
    rounds: { whole: 3, short: 1 },
    open: withRunner,
  },
  {
    name: 'warden-cpu',
    what: 'a warden while Codex works: CPU, compared with a Node that wakes as often',
    unit: '% of a core',
    goal: { kind: 'times the floor', value: 3 },
    rounds: { whole: 3, short: 1 },
    isInShort: false,
    open: async () => {
      const idle = `setInterval(() => {}, ${leaseDurations.wardenLookMs})`;
      const bare = spawn(process.execPath, ['-e', idle], { stdio: 'ignore' });
      const sides = await withWarden(percentOf);
      return {
        ...sides,
        floor: () => percentOf(bare.pid ?? 0),
        end: async () => {
          bare.kill();
          await sides.end?.();
        },
      };
    },
  },
  {
    name: 'warden-start',
    what: 'a program that ends at once, under a warden, compared with a Node that does nothing',
    unit: 'ms',
    goal: { kind: 'times the floor', value: 2 },
    rounds: { whole: 15, short: 3 },
    open: async () => {
      const wardens = await makeWardens();
      return {
        ours: async () => {
          const began = performance.now();
          await (
            await wardens.start('/bin/true', [])
          ).exited;
          return performance.now() - began;
        },
        floor: () => run(process.execPath, ['-e', '0'], { cwd: '/', env: {} }).ms,
        end: wardens.end,
      };
    },
  },
];

/**
 * The resident memory of the runner, and of the warden what no other process has. Node's own code is the larger part of both,
 * and they share it. (Their PSS would be less here, since the benchmark shares it, too.)
 */
async function withRunner(size: Size): Promise<Sides> {
  const runners = await startRunners(1);
  const warden = await withWarden(privateMiB);
  // By then the garbage of the start is collected.
  await delay(size === 'whole' ? 5000 : 1000);
  const [runner] = runners.pids;
  if (runner === undefined) throw new Error('There is no runner');
  return {
    ours: async () => costOf(runner).rssMiB + Number(await warden.ours()),
    end: async () => {
      await warden.end?.();
      await runners.end();
    },
  };
}

async function percentOf(pid: number): Promise<number> {
  const before = costOf(pid).cpuMs;
  await delay(watchedMs);
  return ((costOf(pid).cpuMs - before) / watchedMs) * 100;
}

async function withWarden(measure: (pid: number) => Promise<number> | number): Promise<Sides> {
  const wardens = await makeWardens();
  const { identity, exited } = await wardens.start('/bin/sleep', ['3600']);
  if (identity === null) throw new Error('There is no warden');
  return {
    ours: () => measure(identity.pid),
    end: async () => {
      process.kill(-identity.pid, 'SIGKILL');
      await exited;
      wardens.end();
    },
  };
}
