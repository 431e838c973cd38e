// `npm run growth`: the cost of a frame, a list and a look at all tasks with ten and a hundred times as many tasks.
// Writes bench/growth.svg and bench/GROWTH.md; exits with 1 if a cost grows faster than the number of tasks.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { boardFrames } from './lib/board-frames.ts';
import { growthPlot, type Growth } from './lib/growth-plot.ts';
import { machineWords } from './lib/report.ts';
import { openList } from './rows/list-rows.ts';
import { openRefresh } from './rows/refresh-rows.ts';
import type { Sides } from './lib/row.ts';

const sizes = [100, 1000, 10_000] as const;
const rounds = 7;
/** For ten times as many tasks; more than ten, to allow for other load on the machine. */
const mostATimesTen = 12;

const measured: Growth[] = [
  { name: 'a frame in which one task changed', ms: await medians(openFrames) },
  { name: '`--list`', ms: await medians((tasks) => openList(tasks)) },
  { name: 'a look at all tasks', ms: await medians((tasks) => openRefresh(tasks, 'time')) },
];

const problems = measured.flatMap(({ name, ms }) =>
  ms.flatMap((value, at) => {
    const times = value / (ms[at - 1] ?? value);
    return times <= mostATimesTen
      ? []
      : [`${name} takes ${times.toFixed(1)} times as long for ten times the tasks`];
  }),
);
writeFileSync(join(import.meta.dirname, 'growth.svg'), growthPlot(sizes, measured));
writeFileSync(join(import.meta.dirname, 'GROWTH.md'), page());
process.stdout.write(`${table().join('\n')}\n`);
for (const problem of problems) process.stdout.write(`✗ ${problem}\n`);
process.exit(problems.length === 0 ? 0 : 1);

/** One median per size. The sizes are measured in turn, so that other load affects all of them alike. */
async function medians(open: (tasks: number) => Sides | Promise<Sides>): Promise<number[]> {
  const sides: Sides[] = [];
  for (const tasks of sizes) sides.push(await open(tasks));
  const samples = sizes.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, { ours }] of sides.entries()) {
      const found = await ours();
      samples[at]?.push(...(typeof found === 'number' ? [found] : found));
    }
  }
  for (const { end } of sides) await end?.();
  return samples.map((own) => own.toSorted((a, b) => a - b)[own.length >> 1] ?? NaN);
}

function openFrames(tasks: number): Sides {
  const draw = boardFrames(tasks);
  const frames = 100;
  return {
    ours: () => {
      const before = process.cpuUsage();
      for (let frame = 0; frame < frames; frame++) draw();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000 / frames;
    },
  };
}

function page(): string {
  return [
    '# How cost grows',
    '',
    '`npm run growth` writes this page and its plot: medians of one run, all sizes in turn. The dashed lines grow in',
    'proportion to the tasks; flatter is better.',
    '',
    machineWords(),
    '',
    ...table(),
    '',
    '![cost over the number of tasks](growth.svg)',
    '',
  ].join('\n');
}

function table(): string[] {
  return [
    `| ms | ${sizes.map((tasks) => `${tasks} tasks`).join(' | ')} |`,
    `| --- |${sizes.map(() => ' ---: |').join('')}`,
    ...measured.map(({ name, ms }) => `| ${name} | ${ms.map(inWords).join(' | ')} |`),
  ];
}

function inWords(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms.toFixed(2);
}
