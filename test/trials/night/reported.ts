// What `--report --json` says of a task in the morning, and what git and the disk say of its files then.

import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Usage } from '../../../source/core/codex/log-event.ts';
import { startInPipe } from '../outside/program.ts';
import type { TrialWorld } from '../outside/trial-world.ts';

type ChangedFile = { path: string; added: number; removed: number };

export type ReportedTask = {
  name: string;
  state: string;
  steps: { done: number; total: number; ticked: number };
  sessions: {
    ended: number;
    byOutcome: readonly { outcome: string; count: number }[];
    running: number | null;
    unknown: number;
    list: readonly {
      number: number;
      role: string;
      startedAt: string;
      outcome: string;
      steps: number;
      usage: Usage | null;
    }[];
  };
  checks: readonly { passed: number; failed: number }[];
  waits: readonly { reason: string; count: number; durationMs: number; unknown: number }[];
  tokens: Usage & { sessionsWithout: number };
  files:
    | { problem: string }
    | {
        count: number;
        added: number;
        removed: number;
        fromSession: number;
        toSession: number;
        list: readonly ChangedFile[];
      }
    | null;
};

export type Reported = {
  report: ReportedTask;
  /** What git says changed between the same checkpoints; null where one of them is missing. */
  changed: readonly ChangedFile[] | null;
  /** Lines of the file that the task's steps wrote. */
  lines: number;
};

export async function readReported(place: TrialWorld): Promise<readonly Reported[]> {
  const { stdout, stderr, ended } = startInPipe(place, ['--report', '--json']);
  if ((await ended).exitCode !== 0) throw new Error(`There is no report: ${stderr()}`);
  const { tasks } = JSON.parse(stdout()) as { tasks: readonly ReportedTask[] };
  return Promise.all(
    tasks.map(async (report) => ({
      report,
      changed: await changedFiles(place, report),
      lines: await linesOf(join(place.project, partsFile(report.name))),
    })),
  );
}

/** To which each step of a task adds a line. */
export function partsFile(task: string): string {
  return `${task}-parts.txt`;
}

async function linesOf(path: string): Promise<number> {
  return (await readFile(path, 'utf8').catch(() => '')).split('\n').length - 1;
}

async function changedFiles(
  { project }: TrialWorld,
  { name, files }: ReportedTask,
): Promise<readonly ChangedFile[] | null> {
  if (files === null || 'problem' in files) return null;
  const git = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('git', ['-C', project, ...args])).stdout;
  const refs = (await git('for-each-ref', '--format=%(refname)', 'refs/autonomous')).split('\n');
  const ref = (session: number): string | undefined =>
    refs.find((one) => one.endsWith(`/${name}/${session}`));
  const [from, to] = [ref(files.fromSession), ref(files.toSession)];
  if (from === undefined || to === undefined) return null;
  const lines = (await git('diff', '--numstat', '--no-renames', `${from}^1`, to)).split('\n');
  return lines.flatMap((line) => {
    const [added, removed, path = ''] = line.split('\t');
    if (line === '' || path.startsWith('.autonomous/')) return [];
    return [{ path, added: Number(added), removed: Number(removed) }];
  });
}
