// The production way to a report: reads the tasks of a project one after the other, and asks git what their sessions changed.

import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { byTaskName } from '../../core/task/board.ts';
import { isTaskName } from '../../core/task/task.ts';
import { cleanLine } from '../../core/text/clean.ts';
import { taskReport } from '../../core/report/make-report.ts';
import type { ProjectReport } from '../../core/report/project-report.ts';
import type { FilesReport, TaskReport } from '../../core/report/task-report.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { systemClock } from '../../system/clock.ts';
import { sessionFiles } from '../../system/report/session-files.ts';
import { taskFacts } from '../../system/report/task-facts.ts';
import { journalChangedAt } from '../../system/state/files/journal-file.ts';
import { stateDirectoryAt } from '../../system/state/state-directory.ts';
import { statePath } from '../../system/state/state-files.ts';
import { locateState } from '../../system/state/state-location.ts';
import { directoryIdentity } from '../../system/state/task-snapshot.ts';
import { countAhead } from '../../system/worktree/count-ahead.ts';
import { workplaceOf } from '../../system/worktree/where.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { listingDeps, type ListingDeps } from './reading-deps.ts';

/** `task`: only this one. `what`: `news`: only tasks whose journal grew since then, and no files, which takes git. */
type ReportOrder = {
  readonly task: string | null;
  readonly since: number | null;
  readonly what?: 'all' | 'news';
};

type ReadReport = (order: ReportOrder) => Promise<ProjectReport>;

export function reportDeps(paths: ProjectPaths): ReadReport {
  return async ({ task, since, what = 'all' }) => {
    const deps = listingDeps(paths);
    try {
      const now = systemClock.now();
      const all = task === null ? deps.names() : [task];
      const names = what === 'all' ? all : all.filter((name) => hasNews(paths, name, since ?? 0));
      const tasks: TaskReport[] = [];
      for (const { name } of names.map((one) => ({ name: one })).sort(byTaskName)) {
        tasks.push(await reportOf({ paths, deps, since, now, what }, name));
      }
      const gone = task === null && what === 'all' ? goneTasks(paths, new Set(names)) : [];
      return {
        project: cleanLine(paths.project, { maxLength: 4096 }),
        since,
        at: now,
        tasks,
        gone,
      };
    } finally {
      deps.close();
    }
  };
}

type Reading = {
  paths: ProjectPaths;
  deps: ListingDeps;
  since: number | null;
  now: number;
  what: 'all' | 'news';
};

async function reportOf(
  { paths, deps, what, ...time }: Reading,
  name: string,
): Promise<TaskReport> {
  let view = await readTaskView(deps, name);
  if (deps.uncounted.has(name)) {
    await countAhead({
      project: paths.project,
      state: locateState(paths.home, paths.project, name),
      directory: directoryIdentity(paths.project, name),
      environment: process.env,
    });
    view = await readTaskView(deps, name);
  }
  const end = what === 'news' ? { maxBytes: newsBytes } : {};
  const facts = view.valid ? await taskFacts(paths, { task: name, ...end }) : noFacts;
  const report = taskReport({ ...facts, view }, time);
  const isWhole = view.valid && what === 'all';
  const files = isWhole ? await filesOf(paths, name, report) : null;
  return { ...report, files };
}

function hasNews({ project, home }: ProjectPaths, task: string, since: number): boolean {
  if (!isTaskName(task)) return false;
  const at = journalChangedAt(locateState(home, project, task));
  return at !== null && at > since;
}

/** More than a night. The dashboard, which draws meanwhile, reads it at once. */
const newsBytes = 512 * 1024;

const noFacts = {
  ...{ journal: [], steps: null, unproven: [], checks: [], overlaps: [] },
} as const;

/** Null if no session has ended in this time. */
async function filesOf(
  { project, home }: ProjectPaths,
  task: string,
  { sessions: { list } }: TaskReport,
): Promise<FilesReport | null> {
  const numbers = list.map(({ session }) => session);
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  if (numbers.length === 0) return null;
  const state = stateDirectoryAt(locateState(home, project, task));
  const worktree = await state.readWorktree(directoryIdentity(project, task));
  const workplace = await workplaceOf(worktree, project);
  return sessionFiles({ project, task, environment: process.env, workplace }, { first, last });
}

/** Safe to print. */
function goneTasks({ project, home }: ProjectPaths, there: ReadonlySet<string>): string[] {
  const gone: string[] = [];
  // A task that was renamed has its state there until its next run.
  const located = new Set(
    [...there].filter(isTaskName).map((name) => locateState(home, project, name)),
  );
  for (const name of namesIn(dirname(statePath(home, project, 'any'))).sort()) {
    if (there.has(name) || !isTaskName(name)) continue;
    const path = statePath(home, project, name);
    if (journalChangedAt(path) !== null && !located.has(path)) gone.push(cleanLine(name));
  }
  return gone;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // No task of this project has ever run, or the directory cannot be read.
    return [];
  }
}
