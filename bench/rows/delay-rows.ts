// How soon a key or an appended line shows on the screen.

import { setTimeout as delay } from 'node:timers/promises';
import { keepWriting, openDashboard } from '../lib/dashboard.ts';
import { makeProject, messageLine, taskName, type Project } from '../lib/project.ts';
import type { Row, Sides, Size } from '../lib/row.ts';
import type { ScreenProgram } from '../lib/screen-program.ts';
import { keysPainted } from '../lib/seen-from-outside.ts';

type Delays = (program: ScreenProgram, count: number, project: Project) => Promise<number[]>;

export const delayRows: readonly Row[] = [
  keyRow('key-p50', 0.5, 10),
  keyRow('key-p95', 0.95, 30),
  {
    name: 'log-on-screen',
    what: 'from an appended line to its frame, p95',
    unit: 'ms',
    goal: { kind: 'at most', value: 60 },
    quantile: 0.95,
    rounds: { whole: 3, short: 1 },
    open: (size) => open(size, linesShown),
  },
];

function keyRow(name: string, quantile: number, most: number): Row {
  return {
    name,
    what: `from a key to its frame, with 5000 events per second, p${quantile * 100}`,
    unit: 'ms',
    goal: { kind: 'at most', value: most },
    quantile,
    rounds: { whole: 4, short: 1 },
    open: (size) => open(size, keysPainted, 5000),
  };
}

async function open(size: Size, delays: Delays, linesASecond = 0): Promise<Sides> {
  const project = makeProject({ tasks: 6, running: 1 });
  const program = openDashboard(project);
  await program.until(/Tasks/);
  const writing = linesASecond === 0 ? null : keepWriting(project, { running: 1, linesASecond });
  await delay(1500);
  return {
    ours: () => delays(program, size === 'whole' ? 50 : 20, project),
    end: async () => {
      writing?.stop();
      await program.end();
      project.remove();
    },
  };
}

let lines = 0;

async function linesShown(
  program: ScreenProgram,
  count: number,
  project: Project,
): Promise<number[]> {
  const samples: number[] = [];
  for (let number = 0; number < count; number++) {
    const text = `line ${++lines} is there`;
    const began = performance.now();
    project.appendLog(taskName(0), [messageLine(text)]);
    await program.until(new RegExp(text, 'u'));
    samples.push(performance.now() - began);
    await delay(130);
  }
  return samples;
}
