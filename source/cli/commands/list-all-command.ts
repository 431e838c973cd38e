// `--list --all`: the tasks of every project known to this machine, below the name of each. A project that is gone, or
// that cannot be read, is named with the reason.

import type { TaskView } from '../../core/task/board.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { systemClock } from '../../system/clock.ts';
import { configurationWarnings } from '../../system/configuration-file.ts';
import { knownProjects, type KnownProject } from '../../system/projects/known-projects.ts';
import { locateState } from '../../system/state/state-location.ts';
import { directoryIdentity } from '../../system/state/task-snapshot.ts';
import { countAhead } from '../../system/worktree/count-ahead.ts';
import { writeNow } from '../../system/files/write-now.ts';
import { complain, warn } from '../complain.ts';
import { listingDeps, type ListingDeps } from '../deps/reading-deps.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { allText, archivedLine, listedTask, taskLine } from '../print/list-lines.ts';
import { findProjectPaths, type ProjectPaths } from '../project-paths.ts';
import { warnOfUnused } from '../unused-options.ts';
import { everyTask, guidanceOf, isOnTerminal } from './list-command.ts';
import { allJson, type ListedProject } from '../print/list-json.ts';

export async function listAllCommand(invocation: Invocation): Promise<number> {
  const paths = findProjectPaths(invocation);
  if ('problem' in paths) return complain(paths.problem, paths.exitCode);
  const text = await listOfAll(paths, invocation.json ? 'JSON' : 'text');
  warnOfUnused('--list', invocation);
  for (const warning of configurationWarnings(process.env)) warn(warning);
  writeNow('stdout', text);
  return exitCodes.done;
}

/** `paths`: of the project that the user is in, which comes first. */
export async function listOfAll(
  { home, project }: ProjectPaths,
  form: 'text' | 'JSON',
): Promise<string> {
  const listed: Listed[] = [];
  for (const known of knownProjects(home, project)) {
    const one = await readProject({ home, project: known.path }, known);
    if (one.tasks.length > 0 || one.problem !== null) listed.push(one);
  }
  return form === 'JSON' ? allJson(listed) : allText(await linesOf(listed));
}

type Listed = ListedProject & { label: string };

type Listing = Pick<Listed, 'label' | 'problem' | 'tasks'>;

async function readProject(paths: ProjectPaths, known: KnownProject): Promise<Listed> {
  const { path: project, label, problem } = known;
  if (problem !== null) return { project, label, problem, tasks: [], guidance: new Map() };
  const deps = listingDeps(paths);
  try {
    const tasks = await countedTasks(paths, deps);
    const guidance = await guidanceOf(paths, deps.names());
    return { project, label, problem: deps.problem, tasks, guidance };
  } finally {
    deps.close();
  }
}

/** Only git knows how far a branch that has moved is ahead. */
async function countedTasks(
  { project, home }: ProjectPaths,
  deps: ListingDeps,
): Promise<TaskView[]> {
  const tasks = await everyTask(deps);
  for (const name of deps.uncounted) {
    const [state, directory] = [locateState(home, project, name), directoryIdentity(project, name)];
    await countAhead({ project, state, directory, environment: process.env });
    const at = tasks.findIndex((task) => task.name === name);
    if (at !== -1) tasks[at] = await readTaskView(deps, name);
  }
  return tasks;
}

/** Of all that are not archived; the others are named. */
export async function linesOf(projects: readonly Listing[]) {
  const now = systemClock.now();
  const present = ({ tasks }: Listing): readonly TaskView[] =>
    tasks.filter(({ archivedAt }) => archivedAt === null);
  // In the columns of all projects together.
  const lines = await taskLines(projects.flatMap(present), now);
  return projects.map((project) => {
    const archived = project.tasks.filter(({ archivedAt }) => archivedAt !== null);
    const { label, problem } = project;
    const own = lines.splice(0, present(project).length);
    if (archived.length > 0) own.push(archivedLine(archived.map((task) => task.label)));
    return { label, problem, lines: own };
  });
}

async function taskLines(tasks: readonly TaskView[], now: number): Promise<string[]> {
  if (!isOnTerminal()) return tasks.map((task) => taskLine(task, now));
  const { terminalLines } = await import('../print/terminal-list.ts');
  const listed = tasks.map((task) => listedTask(task, now));
  return terminalLines(listed, process.env, process.stdout.columns);
}
