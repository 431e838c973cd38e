// The rows that twenty runners could slow down, measured while they run, and the dashboard of their own project.

import { setTimeout as delay } from 'node:timers/promises';
import { openDashboard } from '../lib/screen/dashboard.ts';
import type { Row, Sides } from '../lib/row.ts';
import type { ScreenProgram } from '../lib/screen/screen-program.ts';
import { keysPainted, spentOver } from '../lib/screen/seen-from-outside.ts';
import { twentyRunners } from '../lib/twenty-runners.ts';
import { costRows } from './cost-rows.ts';
import { delayRows } from './delay-rows.ts';
import { frameRows } from './frame-rows.ts';
import { listRows } from './list-rows.ts';
import { memoryRows } from './memory-rows.ts';
import { refreshRows } from './refresh-rows.ts';
import { startRows } from './start-rows.ts';

const watchedMs = 10_000;

/** Rows in bytes are left out: other processes do not change them. */
const measuredAgain = [
  rowOf(frameRows, 'frame-cpu-120×40'),
  ...refreshRows,
  rowOf(listRows, 'list-1000'),
  rowOf(startRows, 'first-frame'),
  rowOf(costRows, 'log-cpu'),
  ...delayRows,
  rowOf(memoryRows, 'frames-memory'),
];

export const besideTwentyRows: readonly Row[] = [
  {
    name: 'beside-twenty-cpu',
    what: 'the dashboard of twenty running tasks: CPU',
    unit: '% of a core',
    goal: { kind: 'at most', value: 2 },
    rounds: { whole: 2, short: 1 },
    isInShort: false,
    open: () => openOnThem(async (dashboard) => (await spentOver(dashboard, watchedMs)).percent),
  },
  {
    name: 'beside-twenty-key',
    what: 'the dashboard of twenty running tasks: from a key to its frame, p95',
    unit: 'ms',
    goal: { kind: 'at most', value: 30 },
    quantile: 0.95,
    rounds: { whole: 2, short: 1 },
    isInShort: false,
    open: () => openOnThem((dashboard) => keysPainted(dashboard, 50)),
  },
  ...measuredAgain.map(besideThem),
];

function rowOf(rows: readonly Row[], name: string): Row {
  const found = rows.find((row) => row.name === name);
  if (found === undefined) throw new Error(`No such row: ${name}`);
  return found;
}

function besideThem(row: Row): Row {
  return {
    ...row,
    name: `beside-twenty-${row.name}`,
    what: `with twenty runners: ${row.what}`,
    isInShort: false,
    open: async (size) => {
      await twentyRunners();
      return row.open(size);
    },
  };
}

async function openOnThem(
  measure: (dashboard: ScreenProgram) => Promise<number | number[]>,
): Promise<Sides> {
  const { project } = await twentyRunners();
  const dashboard = openDashboard(project);
  await dashboard.until(/Tasks/);
  await delay(4000);
  return { ours: () => measure(dashboard), end: () => dashboard.end() };
}
