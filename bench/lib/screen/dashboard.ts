// Our built program, on a project made for the benchmark.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../../test/helpers/until.ts';
import { logLine, taskName, type Project } from '../project.ts';
import { dist } from '../run-node.ts';
import { openScreen, type ScreenProgram } from './screen-program.ts';

const program = join(dist, 'autonomous-tui.js');
const usualSize = { columns: 120, rows: 40 };
const mebibyte = 1024 * 1024;

/** Node's arguments to start it, for rows that start it themselves. */
export const dashboardArguments: readonly string[] = [program];

export function openDashboard(
  project: Pick<Project, 'path' | 'env'>,
  options: readonly string[] = [],
): ScreenProgram {
  return openScreen({
    ...{ command: process.execPath, args: [...dashboardArguments, ...options] },
    ...{ cwd: project.path, env: project.env },
    ...usualSize,
  });
}

export type MeasuredDashboard = ScreenProgram & {
  /** MiB in use after a full garbage collection. */
  heldMiB(): Promise<number>;
};

/** `isLeaking`: it leaks five megabytes per second, which the measurement must notice. */
export function openMeasuredDashboard(
  project: Project,
  { isLeaking = false }: { isLeaking?: boolean } = {},
): MeasuredDashboard {
  const path = join(project.env['HOME'] ?? '', 'held');
  const opened = openScreen({
    command: process.execPath,
    args: ['--import', join(import.meta.dirname, 'say-held-memory.ts'), program],
    cwd: project.path,
    env: { ...project.env, MEMORY_FILE: path, MEMORY_LEAK: isLeaking ? 'yes' : 'no' },
    ...usualSize,
  });
  return {
    ...opened,
    heldMiB: async () => {
      rmSync(path, { force: true });
      process.kill(opened.pid, 'SIGUSR2');
      const text = await until('the dashboard reports its memory', () => wholeLine(path));
      return Number(text) / mebibyte;
    },
  };
}

/** Appends `linesASecond` to the log of each running task, a tenth of them every tenth of a second. */
export function keepWriting(
  project: Pick<Project, 'appendLog'>,
  { running, linesASecond }: { running: number; linesASecond: number },
): { stop(): void } {
  let number = 1000;
  const timer = setInterval(() => {
    for (let task = 0; task < running; task++) {
      const lines = Array.from({ length: linesASecond / 10 }, () => logLine(number++));
      project.appendLog(taskName(task), lines);
    }
  }, 100);
  return { stop: () => clearInterval(timer) };
}

/** Null until the whole line has been written. */
function wholeLine(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8');
    return text.endsWith('\n') ? text : null;
  } catch {
    return null;
  }
}
