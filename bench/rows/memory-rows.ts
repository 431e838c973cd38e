// A dashboard that stands open all night: what it holds in the end against what it held after the first tenth.

import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { logLine, makeProject, taskName } from '../lib/project.ts';
import type { Row, Sides } from '../lib/row.ts';
import { dist } from '../lib/run-node.ts';
import { openScreen } from '../lib/screen-program.ts';

const tasks = 10;
const eventsATask = 30_000;
const tenths = 10;
const linesAtOnce = 100;

export const memoryRows: readonly Row[] = [
  {
    name: 'night-memory',
    what: 'memory after 30 000 events in each of ten logs, of what it was after a tenth of them',
    unit: '×',
    goal: { kind: 'at most', value: 1.2 },
    rounds: { whole: 1, short: 1 },
    isInShort: false,
    open: openNight,
  },
];

async function openNight(): Promise<Sides> {
  const project = makeProject({ tasks, running: tasks });
  const program = openScreen({
    ...{ command: process.execPath, args: [join(dist, 'autonomous-tui.js')] },
    ...{ cwd: project.path, env: project.env, columns: 120, rows: 40 },
  });
  await program.until(/Tasks/);
  let number = 0;
  const tenth = async (): Promise<number> => {
    for (let written = 0; written < eventsATask / tenths; written += linesAtOnce) {
      const lines = Array.from({ length: linesAtOnce }, () => logLine(number++));
      for (let task = 0; task < tasks; task++) project.appendLog(taskName(task), lines);
      await delay(100);
    }
    return program.cost().rssMiB;
  };
  return {
    ours: async () => {
      const first = await tenth();
      let last = first;
      for (let done = 1; done < tenths; done++) last = await tenth();
      const wanted = new RegExp(`${number - 1} passed|${number - 1}: `);
      await program.until(wanted);
      return last / first;
    },
    end: async () => {
      await program.end();
      project.remove();
    },
  };
}
