// Memory of the dashboard, after many frames and with a big log, and of `--list`.

import { lastWords } from '../lib/big-log.ts';
import {
  dashboardArguments,
  openDashboard,
  openMeasuredDashboard,
} from '../lib/screen/dashboard.ts';
import { makeProject, type Project } from '../lib/project.ts';
import { projectsWithLogs } from '../lib/projects-with-logs.ts';
import type { Row, Sides } from '../lib/row.ts';
import { peakMemory } from '../lib/run-node.ts';
import type { ScreenProgram } from '../lib/screen/screen-program.ts';

const frames = 20_000;
const once = { rounds: { whole: 1, short: 1 }, isInShort: false } as const;

export const memoryRows: readonly Row[] = [
  {
    name: 'frames-memory',
    what: 'memory after 20 000 frames, one per key',
    unit: 'MiB',
    goal: { kind: 'at most', value: 150 },
    ...once,
    open: () =>
      openLog(openDashboard, async (program) => {
        await scroll(program, frames);
        return program.cost().rssMiB;
      }),
  },
  {
    name: 'frames-heap',
    what: 'growth of the heap from frame 2000 to frame 20 000',
    unit: 'MiB',
    goal: { kind: 'at most', value: 3 },
    ...once,
    open: () =>
      openLog(openMeasuredDashboard, async (program) => {
        await scroll(program, frames / 10);
        const first = await program.heldMiB();
        await scroll(program, frames - frames / 10);
        return (await program.heldMiB()) - first;
      }),
  },
  {
    name: 'list-memory',
    what: '`--list` of 10000 tasks: peak memory',
    unit: 'MiB',
    goal: { kind: 'at most', value: 100 },
    ...once,
    open: () => {
      const project = makeProject({ tasks: 10_000, running: 5 });
      const call = { cwd: project.path, env: project.env };
      return {
        ours: () => peakMemory(process.execPath, [...dashboardArguments, '--list'], call),
        end: project.remove,
      };
    },
  },
  {
    name: 'log-memory',
    what: 'extra memory after indexing a log of 1 GB, compared with one of 10 MB',
    unit: 'MiB',
    goal: { kind: 'at most', value: 32 },
    rounds: { whole: 3, short: 1 },
    isInShort: false,
    open: async (size) => {
      const { big, small, remove } = await projectsWithLogs(size);
      return {
        ours: async () => {
          const least = await besideLogOf(small);
          return (await besideLogOf(big)) - least;
        },
        end: remove,
      };
    },
  },
];

async function openLog<Program extends ScreenProgram>(
  open: (project: Project) => Program,
  measure: (program: Program) => Promise<number>,
): Promise<Sides> {
  const project = makeProject({ tasks: 6, running: 1, logLines: 400 });
  const program = open(project);
  await program.until(/Tasks/);
  program.press('\r');
  await program.until(/Esc back/);
  return {
    ours: () => measure(program),
    end: async () => {
      await program.end();
      project.remove();
    },
  };
}

/** Scrolls up and down again, one frame per key. */
async function scroll(program: ScreenProgram, count: number): Promise<void> {
  for (let frame = 0; frame < count; frame += 50) {
    for (let key = 0; key < 50; key++) {
      program.press(key < 25 ? 'k' : 'j');
      await program.nextByte();
    }
  }
}

/** Resident memory in MiB, once the log's end is shown and all of it is indexed. */
async function besideLogOf(project: Project): Promise<number> {
  const program = openDashboard(project);
  await program.until(new RegExp(lastWords, 'u'));
  await program.until(/^(?![^]*reading \d+%)/u, 60_000);
  const { rssMiB } = program.cost();
  await program.end();
  return rssMiB;
}
