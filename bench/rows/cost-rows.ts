// What an open dashboard costs: while nothing happens, and while something does.

import { setTimeout as delay } from 'node:timers/promises';
import { keepWriting, openDashboard } from '../lib/screen/dashboard.ts';
import { installedPeer, type PeerName } from '../lib/installed-peers.ts';
import { makeProject } from '../lib/project.ts';
import type { Goal, Measure, Row, Sides, Size } from '../lib/row.ts';
import type { ScreenProgram } from '../lib/screen/screen-program.ts';
import { spentOver, type Spent } from '../lib/screen/seen-from-outside.ts';

type Scene = { tasks: number; running: number; linesASecond?: number };
type What = keyof Spent;

const units: Readonly<Record<What, string>> = {
  percent: '% of a core',
  bytesASecond: 'B/s',
  wakeUpsASecond: '/s',
};
const words: Readonly<Record<What, string>> = {
  percent: 'CPU',
  bytesASecond: 'bytes',
  wakeUpsASecond: 'wake-ups of all threads',
};

const quiet: Scene = { tasks: 6, running: 1 };
const idle: Scene = { tasks: 6, running: 0 };
const busy: Scene = { tasks: 6, running: 1, linesASecond: 100 };
const many: Scene = { tasks: 40, running: 40 };
const twenty: Scene = { tasks: 20, running: 20, linesASecond: 20 };

const quietly = 'one task running, quiet';
const most = (value: number): Goal => ({ kind: 'at most', value });
const timesRalph = (value: number): Goal => ({ kind: 'times a peer', peer: 'ralph-tui', value });

const costs: readonly (readonly [name: string, when: string, Scene, What, Goal])[] = [
  ['idle-cpu', 'nothing running', idle, 'percent', timesRalph(0.2)],
  ['idle-bytes', 'nothing running, within one minute of its clock', idle, 'bytesASecond', most(0)],
  ['idle-wake-ups', 'nothing running', idle, 'wakeUpsASecond', timesRalph(1 / 50)],
  ['quiet-cpu', quietly, quiet, 'percent', most(1)],
  ['quiet-bytes', quietly, quiet, 'bytesASecond', most(700)],
  ['log-cpu', 'a log with 100 lines per second in view', busy, 'percent', most(5)],
  ['many-cpu', '40 running tasks in view', many, 'percent', most(2)],
  ['twenty-cpu', '20 tasks running, 20 lines per second in each log', twenty, 'percent', most(5)],
];

/** The short form leaves out the smallest costs: it would measure the rest of the start. */
const inShort: readonly string[] = ['quiet-cpu', 'log-cpu', 'many-cpu'];
const watchedMs: Readonly<Record<Size, number>> = { whole: 10_000, short: 3000 };
/** If next to nothing happens, ten seconds are too short to measure it. */
const watchedIdleMs = 30_000;
/**
 * By then the work of the start is done, including what V8 compiles in the background. Measured with one quiet task:
 * 0.94 % of a core after 20 s, 0.70 after 60, 0.62 after 80 and 0.50 after two minutes.
 */
const startMs: Readonly<Record<Size, number>> = { whole: 75_000, short: 2000 };

export const costRows: readonly Row[] = costs.map(([name, when, scene, what, goal]) => ({
  name,
  what: `${when}: ${words[what]}`,
  unit: units[what],
  goal,
  rounds: { whole: 2, short: 1 },
  isInShort: inShort.includes(name),
  open: (size) => openCost(scene, what, size),
}));

async function openCost(scene: Scene, what: What, size: Size): Promise<Sides> {
  const { running, linesASecond } = scene;
  const project = makeProject(scene);
  const program = openDashboard(project);
  await program.until(/Tasks/);
  const writing =
    linesASecond === undefined ? null : keepWriting(project, { running, linesASecond });
  // For a running task, each peer would need a working agent.
  const peers = scene === idle ? [await opened('ralph-tui', size)] : [];
  await delay(startMs[size]);
  const overMs = scene === idle ? watchedIdleMs : watchedMs[size];
  const measure =
    (one: ScreenProgram): Measure =>
    async () => {
      if (scene === idle && what === 'bytesASecond') await withinOneMinute(overMs);
      return (await spentOver(one, overMs))[what];
    };
  return {
    ours: measure(program),
    peers: Object.fromEntries(peers.map(({ name, program: one }) => [name, one && measure(one)])),
    end: async () => {
      writing?.stop();
      for (const peer of peers) await peer.end();
      await program.end();
      project.remove();
    },
  };
}

/** Waits until no new minute begins within `ms`, because the header's clock is redrawn then. */
async function withinOneMinute(ms: number): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  if (left < ms + 1000) await delay(left + 500);
}

async function opened(name: PeerName, size: Size) {
  const peer = await installedPeer(name, size);
  const program = peer?.open() ?? null;
  if (peer !== null) await program?.until(peer.firstPicture);
  return {
    name,
    program,
    end: async () => {
      await program?.end();
      peer?.remove();
    },
  };
}
