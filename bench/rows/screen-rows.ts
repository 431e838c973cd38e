// The dashboard in a real terminal, watched from outside: what it costs while nothing happens, while something does,
// how soon a key is seen, how soon the first picture.

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { bundledPeer } from '../lib/bundled-peer.ts';
import type { Cost } from '../lib/process-cost.ts';
import { logLine, makeProject, taskName, type Project } from '../lib/project.ts';
import type { Measure, Row, Sides, Size } from '../lib/row.ts';
import { dist } from '../lib/run-node.ts';
import { openScreen, type ScreenProgram } from '../lib/screen-program.ts';

const plainInk = 'plain Ink, bundled';
const watchedMs: Readonly<Record<Size, number>> = { whole: 10_000, short: 3000 };

type Scene = { tasks: number; running: number; linesASecond?: number };
type Spent = { percent: number; bytesASecond: number; wakeUpsASecond: number };

const quiet: Scene = { tasks: 6, running: 1 };
const idle: Scene = { tasks: 6, running: 0 };
const busy: Scene = { tasks: 6, running: 1, linesASecond: 100 };
const many: Scene = { tasks: 40, running: 40 };
const twenty: Scene = { tasks: 20, running: 20, linesASecond: 20 };

export const screenRows: readonly Row[] = [
  costRow(
    'idle-cpu',
    'nothing running: CPU',
    idle,
    { unit: '% of a core', most: 0.1 },
    (one) => one.percent,
  ),
  costRow(
    'idle-bytes',
    'nothing running: bytes',
    idle,
    { unit: 'B/s', most: 0 },
    (one) => one.bytesASecond,
  ),
  costRow(
    'idle-wake-ups',
    'nothing running: wake-ups of all threads',
    idle,
    { unit: '/s', most: 2 },
    (one) => one.wakeUpsASecond,
  ),
  costRow(
    'quiet-cpu',
    'one task running, quiet: CPU',
    quiet,
    { unit: '% of a core', most: 1 },
    (one) => one.percent,
  ),
  costRow(
    'quiet-bytes',
    'one task running, quiet: bytes',
    quiet,
    { unit: 'B/s', most: 700 },
    (one) => one.bytesASecond,
  ),
  costRow(
    'log-cpu',
    'a log at 100 lines a second in view: CPU',
    busy,
    { unit: '% of a core', most: 5 },
    (one) => one.percent,
  ),
  costRow(
    'many-cpu',
    '40 running tasks in view: CPU',
    many,
    { unit: '% of a core', most: 2 },
    (one) => one.percent,
  ),
  costRow(
    'twenty-cpu',
    '20 tasks running, 20 lines a second in each log: CPU',
    twenty,
    { unit: '% of a core', most: 5 },
    (one) => one.percent,
  ),
  keyRow('key-p50', 0.5, 10),
  keyRow('key-p95', 0.95, 30),
  {
    name: 'first-frame',
    what: 'from the start of the program to its first picture with all tasks',
    unit: 'ms',
    goal: { kind: 'times a peer', peer: plainInk, value: 1.2 },
    rounds: { whole: 9, short: 3 },
    open: async () => {
      const project = makeProject({ tasks: 6, running: 1 });
      const peer = await bundledPeer('plain-ink.tsx');
      const byHand = join(import.meta.dirname, '..', 'floors', 'frame-by-hand.mjs');
      return {
        ours: () => firstPicture(project, [join(dist, 'autonomous-tui.js')]),
        floor: () => firstPicture(project, [byHand]),
        peers: {
          [plainInk]: () => firstPicture(project, [peer.path]),
          'ralph-tui': null,
          ccmanager: null,
        },
        end: () => {
          peer.remove();
          project.remove();
        },
      };
    },
  },
  {
    name: 'frames-memory',
    what: 'memory after 20 000 frames, one for each key',
    unit: 'MiB',
    goal: { kind: 'at most', value: 150 },
    rounds: { whole: 1, short: 1 },
    isInShort: false,
    open: () => framesMemory(20_000),
  },
];

function costRow(
  name: string,
  what: string,
  scene: Scene,
  { unit, most }: { unit: string; most: number },
  pick: (spent: Spent) => number,
): Row {
  return {
    name,
    what,
    unit,
    goal: { kind: 'at most', value: most },
    rounds: { whole: 3, short: 1 },
    // What is next to nothing is, in the short form, what is left of the start.
    isInShort: ['quiet-cpu', 'log-cpu', 'many-cpu'].includes(name),
    open: async (size) => watched(scene, size, pick),
  };
}

async function watched(scene: Scene, size: Size, pick: (spent: Spent) => number): Promise<Sides> {
  const project = makeProject({ ...scene });
  const program = openDashboard(project, { columns: 120, rows: 40 });
  await program.until(/Tasks/);
  const writing = scene.linesASecond === undefined ? null : keepWriting(project, scene);
  // Whatever a start leaves to do is done by then.
  await delay(size === 'whole' ? 4000 : 2000);
  const ours: Measure = async () => pick(await spentOver(program, watchedMs[size]));
  return {
    ours,
    end: async () => {
      writing?.stop();
      await program.end();
      project.remove();
    },
  };
}

async function spentOver(program: ScreenProgram, ms: number): Promise<Spent> {
  const [before, bytes, began] = [program.cost(), program.bytes(), performance.now()];
  await delay(ms);
  const after: Cost = program.cost();
  const seconds = (performance.now() - began) / 1000;
  return {
    percent: (after.cpuMs - before.cpuMs) / seconds / 10,
    bytesASecond: (program.bytes() - bytes) / seconds,
    wakeUpsASecond: (after.wakeUps - before.wakeUps) / seconds,
  };
}

function keyRow(name: string, quantile: number, most: number): Row {
  return {
    name,
    what: `from a key to its picture while 5000 events a second come in, p${quantile * 100}`,
    unit: 'ms',
    goal: { kind: 'at most', value: most },
    quantile,
    rounds: { whole: 4, short: 1 },
    open: async (size) => {
      const project = makeProject({ tasks: 6, running: 1 });
      const program = openDashboard(project, { columns: 120, rows: 40 });
      await program.until(/Tasks/);
      const writing = keepWriting(project, { tasks: 6, running: 1, linesASecond: 5000 });
      await delay(1500);
      return {
        ours: () => keysPainted(program, size === 'whole' ? 50 : 20),
        end: async () => {
          writing.stop();
          await program.end();
          project.remove();
        },
      };
    },
  };
}

/** From the press of `j` or `k` to the picture in which another task is selected. */
async function keysPainted(program: ScreenProgram, count: number): Promise<number[]> {
  const samples: number[] = [];
  for (let number = 0; number < count; number++) {
    const before = selectedIn(program.screen());
    const began = performance.now();
    program.press(number % 2 === 0 ? 'j' : 'k');
    while (selectedIn(program.screen()) === before) {
      await program.nextByte();
      await program.settled();
    }
    samples.push(performance.now() - began);
    await delay(20);
  }
  return samples;
}

function selectedIn(screen: readonly string[]): string {
  return screen.map((line) => /▸ \S (\S+)/.exec(line)?.[1]).find(Boolean) ?? '';
}

async function firstPicture(project: Project, args: readonly string[]): Promise<number> {
  const began = performance.now();
  const program = openScreen({
    ...{ command: process.execPath, args, cwd: project.path, env: project.env },
    ...{ columns: 120, rows: 40 },
  });
  await program.until(new RegExp(`${taskName(0)}[^]*${taskName(5)}`));
  const ms = performance.now() - began;
  await program.end();
  return ms;
}

async function framesMemory(count: number): Promise<Sides> {
  const project = makeProject({ tasks: 6, running: 1, logLines: 400 });
  const program = openDashboard(project, { columns: 120, rows: 40 });
  await program.until(/Tasks/);
  program.press('\r');
  await program.until(/Esc back/);
  return {
    ours: async () => {
      for (let frame = 0; frame < count; frame += 50) {
        for (let key = 0; key < 50; key++) {
          program.press(key < 25 ? 'k' : 'j');
          await program.nextByte();
        }
      }
      return program.cost().rssMiB;
    },
    end: async () => {
      await program.end();
      project.remove();
    },
  };
}

function openDashboard(project: Project, size: { columns: number; rows: number }): ScreenProgram {
  return openScreen({
    ...{ command: process.execPath, args: [join(dist, 'autonomous-tui.js')] },
    ...{ cwd: project.path, env: project.env },
    ...size,
  });
}

/** So many lines a second in the log of each running task, a tenth of them every tenth of a second. */
function keepWriting(project: Project, { running, linesASecond = 0 }: Scene): { stop(): void } {
  let number = 1000;
  const timer = setInterval(() => {
    for (let task = 0; task < running; task++) {
      const lines = Array.from({ length: linesASecond / 10 }, () => logLine(number++));
      project.appendLog(taskName(task), lines);
    }
  }, 100);
  return { stop: () => clearInterval(timer) };
}
