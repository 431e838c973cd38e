// Our program as it was built, on a project that was made for it.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../test/helpers/until.ts';
import { logLine, taskName, type Project } from './project.ts';
import { dist } from './run-node.ts';
import { openScreen, type ScreenProgram } from './screen-program.ts';

const program = join(dist, 'autonomous-tui.js');
const usualSize = { columns: 120, rows: 40 };
const mebibyte = 1024 * 1024;

/** What it is started with, for whoever starts it in a way of their own. */
export const dashboardArguments: readonly string[] = [program];

export function openDashboard(project: Pick<Project, 'path' | 'env'>): ScreenProgram {
  return openScreen({
    ...{ command: process.execPath, args: dashboardArguments },
    ...{ cwd: project.path, env: project.env },
    ...usualSize,
  });
}

export type MeasuredDashboard = ScreenProgram & {
  /** MiB that are left after a full collection. */
  heldMiB(): Promise<number>;
};

/** `isLeaking`: it keeps five megabytes a second, which whoever measures has to see. */
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
      const text = await until('the dashboard says what it holds', () => wholeLine(path));
      return Number(text) / mebibyte;
    },
  };
}

/** So many lines a second in the log of each running task, a tenth of them every tenth of a second. */
export function keepWriting(
  project: Project,
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

/** Null until all of it is there. */
function wholeLine(path: string): string | null {
  try {
    const text = readFileSync(path, 'utf8');
    return text.endsWith('\n') ? text : null;
  } catch {
    return null;
  }
}
