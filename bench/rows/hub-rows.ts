// How soon a key or another machine's line shows in a dashboard over the hub: real machines and a real nats-server, all on
// this host.

import { setTimeout as delay } from 'node:timers/promises';
import { hasNats, leftOut } from '../../test/helpers/hub/nats-server.ts';
import { keepWriting, openDashboard } from '../lib/screen/dashboard.ts';
import { startHubMachines, type HubMachines } from '../lib/hub/hub-machines.ts';
import { messageLine, taskName } from '../lib/project.ts';
import { openPublished } from '../lib/hub/published.ts';
import type { Row, Sides, Size } from '../lib/row.ts';
import type { ScreenProgram } from '../lib/screen/screen-program.ts';
import { keysPainted, linesShown } from '../lib/screen/seen-from-outside.ts';

const machineCount = 3;
/** Of each machine: they share this host, and a session that works hard writes fewer. */
const linesASecond = 100;
/** By then the log of the selected task has come. Keys follow each other that slowly, or as if one was held down. */
const logIsThereMs = 200;
const watched = taskName(0);
const ownDashboard = 'the dashboard of the owner';

/** Even: one down, one up. */
const keys: Readonly<Record<Size, number>> = { whole: 26, short: 10 };
const lines: Readonly<Record<Size, number>> = { whole: 50, short: 20 };

const shared = {
  unit: 'ms',
  quantile: 0.95,
  rounds: { whole: 4, short: 1 },
  leftOut: hasNats ? null : leftOut,
};

export const hubRows: readonly Row[] = [
  {
    ...shared,
    name: 'hub-key',
    what: `over a hub: from a key to its frame, with ${machineCount} machines and ${linesASecond} lines per second in the log of each, p95`,
    goal: { kind: 'at most', value: 30 },
    open: openKeys,
  },
  {
    ...shared,
    name: 'hub-line',
    what: 'over a hub: from a line appended to the session.log that another machine sends to its frame, p95 (floor: one publishes it, one is told)',
    goal: { kind: 'at most', value: 100 },
    open: (size) => openLines(size, 'appendLog'),
  },
  {
    ...shared,
    name: 'hub-line-of-codex',
    what: 'over a hub: from a line that Codex appends on another machine to its frame, p95 (the same floor)',
    goal: { kind: 'at most', value: 100 },
    isInShort: false,
    open: (size) => openLines(size, 'appendOutput'),
  },
];

async function openKeys(size: Size): Promise<Sides> {
  const { machines, dashboard } = await openOnMachines();
  const writing = keepWriting(
    { appendLog: machines.appendOutput },
    { running: machineCount, linesASecond },
  );
  await delay(1500);
  return {
    ours: async () => [
      ...(await keysPainted(dashboard, keys[size])),
      ...(await keysPainted(dashboard, keys[size], logIsThereMs)),
    ],
    end: async () => {
      writing.stop();
      await dashboard.end();
      await machines.end();
    },
  };
}

/** Only what Codex writes is on the screen of its own machine. */
async function openLines(size: Size, append: 'appendLog' | 'appendOutput'): Promise<Sides> {
  const { machines, dashboard } = await openOnMachines();
  const published = await openPublished(machines.url);
  const own = append === 'appendOutput' ? openDashboard(machines.owner(watched)) : null;
  await own?.until(/Tasks/);
  const write = (text: string): void => machines[append](watched, [messageLine(text)]);
  await delay(1500);
  const count = lines[size];
  return {
    floor: () => linesShown(published, count, (text) => published.publish(messageLine(text))),
    ours: () => linesShown(dashboard, count, write),
    peers: own === null ? {} : { [ownDashboard]: () => linesShown(own, count, write) },
    end: async () => {
      await own?.end();
      await published.close();
      await dashboard.end();
      await machines.end();
    },
  };
}

/** The machine that looks on has the log of the first task in view. */
async function openOnMachines(): Promise<{ machines: HubMachines; dashboard: ScreenProgram }> {
  const machines = await startHubMachines(machineCount);
  const dashboard = openDashboard(machines.viewer, ['--hub', machines.url]);
  await dashboard.until(new RegExp(`▸ \\S ${watched} .*session 2`, 'su'));
  return { machines, dashboard };
}
