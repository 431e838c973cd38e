// `--list`: reads every task once and prints it. Loads no Ink, and of the configuration only its keys; what lays it out on a
// terminal is a built file of its own.

import { fstatSync } from 'node:fs';
import type { Invocation } from '../invocation.ts';
import { complain, warn } from '../complain.ts';
import type { GuidancePiece } from '../../core/guidance/guidance.ts';
import type { TaskView } from '../../core/task/board.ts';
import { isTaskName } from '../../core/task/task.ts';
import { listingDeps, type ListingDeps } from '../deps/reading-deps.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { exitCodes } from '../exit-codes.ts';
import {
  archivedLine,
  listedTask,
  listText,
  taskLine,
  type ListedTask,
} from '../print/list-lines.ts';
import { warnOfUnused } from '../unused-options.ts';
import { findProjectPaths, type ProjectPaths } from '../project-paths.ts';
import { systemClock } from '../../system/clock.ts';
import { configurationWarnings } from '../../system/configuration-file.ts';
import { guidanceFiles } from '../../system/state/files/guidance-files.ts';
import { locateState } from '../../system/state/state-location.ts';
import { directoryIdentity } from '../../system/state/task-snapshot.ts';
import { writeNow } from '../../system/files/write-now.ts';
import { listJson } from '../print/list-json.ts';

/**
 * `count`: counts how far the branches of these tasks are ahead, which only git can, and it is not loaded here. Without it,
 * null if one of them has moved since it was counted.
 */
export async function listCommand(
  invocation: Invocation,
  count?: (paths: ProjectPaths, tasks: readonly string[]) => Promise<void>,
): Promise<number | null> {
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  const deps = listingDeps(paths);
  try {
    let text = await listed(invocation, paths, deps);
    if (deps.uncounted.size > 0) {
      if (count === undefined) return null;
      await count(paths, [...deps.uncounted]);
      text = await listed(invocation, paths, deps);
    }
    warnOfUnused('--list', invocation);
    for (const warning of configurationWarnings(process.env)) warn(warning);
    if (invocation.json && deps.problem !== null) warn(deps.problem);
    writeNow('stdout', text);
  } finally {
    deps.close();
  }
  return exitCodes.done;
}

async function listed(
  { json }: Invocation,
  paths: ProjectPaths,
  deps: ListingDeps,
): Promise<string> {
  return json
    ? listJson(paths.project, await everyTask(deps), await guidanceOf(paths, deps.names()))
    : listText(paths.project, await everyLine(deps), deps.problem);
}

/** Sequential on purpose: Promise.all took five times the time and memory. */
export async function everyTask(deps: ListingDeps): Promise<TaskView[]> {
  const tasks: TaskView[] = [];
  for (const name of deps.names().sort()) tasks.push(await readTaskView(deps, name));
  return tasks;
}

/** What the user told the tasks that have state, by their names. */
export async function guidanceOf(
  { project, home }: ProjectPaths,
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly GuidancePiece[]>> {
  const told = new Map<string, readonly GuidancePiece[]>();
  for (const name of names.filter(isTaskName)) {
    const { readGuidance } = guidanceFiles(locateState(home, project, name));
    const pieces = await readGuidance(directoryIdentity(project, name)).catch(() => []);
    if (pieces.length > 0) told.set(name, pieces);
  }
  return told;
}

async function everyLine(deps: ListingDeps): Promise<readonly string[]> {
  const now = systemClock.now();
  const archived: string[] = [];
  if (isOnTerminal()) {
    const tasks: ListedTask[] = [];
    for (const name of deps.names().sort()) {
      const task = await readTaskView(deps, name, 'for a line');
      if (task.archivedAt === null) tasks.push(listedTask(task, now));
      else archived.push(task.label);
    }
    const { terminalLines } = await import('../print/terminal-list.ts');
    const lines = terminalLines(tasks, process.env, process.stdout.columns);
    return withArchived(lines, archived);
  }
  const lines: string[] = [];
  for (const name of deps.names().sort()) {
    const task = await readTaskView(deps, name, 'for a line');
    if (task.archivedAt === null) lines.push(taskLine(task, now));
    else archived.push(task.label);
  }
  return withArchived(lines, archived);
}

function withArchived(lines: readonly string[], archived: readonly string[]): readonly string[] {
  return archived.length === 0 ? lines : [...lines, archivedLine(archived)];
}

/** Asking Node's stream loads all of its streams, and a list in a pipe needs none. */
export function isOnTerminal(): boolean {
  try {
    return fstatSync(1).isCharacterDevice() && process.stdout.isTTY;
  } catch {
    // It is closed.
    return false;
  }
}
