// The dashboard of a project: first hands a requested run to a background runner, then shows all tasks until the user
// quits, and says which tasks still run.

import { asksForTask, sandboxOf, type Invocation } from '../invocation.ts';
import { choiceFor } from '../choice-for.ts';
import { complain, warn } from '../complain.ts';
import { continueAll } from './continue-all-command.ts';
import { errorMessage } from '../../core/text/error-message.ts';
import { readingDeps } from '../deps/reading-deps.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import type { Store } from '../../engine/tasks/store.ts';
import { readTaskView } from '../../engine/tasks/task-reading.ts';
import { exitCodes } from '../exit-codes.ts';
import { runnerClientFor } from '../runner-client-for.ts';
import { findCommandContext, type CommandContext } from '../command-context.ts';
import { isWatched, openKeys } from '../screen/screen-terminal.ts';
import { systemClock } from '../../system/clock.ts';
import { recordProject } from '../../system/projects/project-record.ts';
import { readClosedFile, writeClosedFile } from '../../system/report/closed-file.ts';
import { logoutWarning } from '../../system/process/logout.ts';
import { keepHeapSmall } from '../../system/process/small-heap.ts';
import { allProjects } from '../projects/all-projects.ts';
import { watchProject } from '../projects/own-project.ts';
import type { Away } from '../deps/away-deps.ts';
import type { ProjectPaths } from '../project-paths.ts';
import { labelAmong } from '../../core/task/project-view.ts';
import { keyOf } from '../../core/task/task-key.ts';
import {
  pendingStarts,
  viewTasks,
  watchTasks,
  type PendingStarts,
  type Watching,
} from '../screen/view-tasks.ts';
import { hasRunner } from '../../ui/look/state-words.ts';
import { stateWarning } from '../../system/state/make-state.ts';

export async function dashboardCommand(invocation: Invocation): Promise<number> {
  keepHeapSmall();
  const context = await findCommandContext(invocation);
  if ('problem' in context) return complain(context.problem, context.exitCode);
  const nobodys = whyNobodys(invocation);
  if (nobodys !== null) return complain(nobodys, exitCodes.wrongUsage);
  const runnerClient = runnerClientFor(invocation, context);
  if (invocation.continueAll) {
    const { notes, problems } = await continueAll(invocation, context, runnerClient);
    for (const sentence of [...notes, ...problems]) warn(sentence);
  }
  const begun = await beginIfAsked(invocation, context, runnerClient);
  if ('exitCode' in begun) return begun.exitCode;
  const { selected, notes: told = [] } = begun;
  if (selected !== null && (invocation.background || !isWatched(process.env))) {
    for (const sentence of told) process.stdout.write(`ℹ ${sentence}\n`);
    process.stdout.write(`ℹ ${selected} runs in the background. To see it: autonomous-tui\n`);
    return exitCodes.done;
  }
  const opened = openKeys(process.env);
  if ('problem' in opened) return complain(opened.problem, exitCodes.wrongUsage);
  const others = forOtherTasks(invocation);
  return show({ invocation: others, context, selected, keys: opened.keys });
}

const limitNames = ['maxTokens', 'maxTimeMs', 'hours', 'after'] as const;

/** The limits of a call that names a task are that task's: they hold for no other one that is started on the screen. */
function forOtherTasks(invocation: Invocation): Invocation {
  if (!asksForTask(invocation)) return invocation;
  const sessionOptions = { ...invocation.sessionOptions };
  for (const name of limitNames) delete sessionOptions[name];
  return { ...invocation, sessionOptions, limits: { until: null, planOnly: false } };
}

/** Of one task or run alone. Null if they name it. */
function whyNobodys({ sessionOptions, limits, ...invocation }: Invocation): string | null {
  if (asksForTask(invocation)) return null;
  const { after } = sessionOptions;
  const given = after !== undefined || limits.until !== null || limits.planOnly;
  return given ? '--after, --until and --plan-only need a description or --task-name' : null;
}

/** Starts or continues the task that the invocation names; an exit code if there is nothing to show after that. */
async function beginIfAsked(
  invocation: Invocation,
  context: CommandContext,
  runnerClient: RunnerClient,
): Promise<{ selected: string | null; notes?: readonly string[] } | { exitCode: number }> {
  if (!asksForTask(invocation)) return { selected: null };
  const choice = await choiceFor(invocation, context.paths);
  if (choice.kind === 'problem') {
    return { exitCode: complain(choice.sentence, choice.exitCode) };
  }
  const { task } = choice;
  if (choice.kind === 'continue') {
    const view = await readTaskView(readingDeps(context.paths), task);
    if (view.state.word === 'done') {
      process.stdout.write(`✓ ${task} is done: all ${view.total} steps are ticked\n`);
      return { exitCode: exitCodes.done };
    }
  }
  const answer = await runnerClient.start({
    task,
    sandbox: sandboxOf(invocation),
    resumeLast: invocation.resumeLast,
    ...(choice.kind === 'start' ? { description: choice.description } : {}),
  });
  if (answer.ok) return { selected: task, notes: answer.notes };
  if (answer.why === 'problem') return { exitCode: complain(answer.sentence, exitCodes.failed) };
  const sentence = `${answer.sentence}. Open the dashboard to see it`;
  return { exitCode: complain(sentence, exitCodes.busy) };
}

type Showing = {
  invocation: Invocation;
  /** For the tasks that are started on the screen. */
  context: CommandContext;
  selected: string | null;
  keys: NodeJS.ReadStream;
};

async function show({ invocation, context, selected, keys }: Showing): Promise<number> {
  const { paths } = context;
  for (const warning of [stateWarning(paths.home, paths.project), logoutWarning()]) {
    if (warning !== null) warn(warning);
  }
  // A project whose last run was started by a program that did not record it.
  await recordProject(paths.home, paths.project);
  const starts = pendingStarts();
  const { watching, seen, ...more } = invocation.all
    ? watchAll(invocation, context, starts)
    : await watchOne(invocation, context, starts);
  const { project } = paths;
  const opened =
    invocation.all && selected !== null ? keyOf({ project, name: selected }) : selected;
  try {
    const sandbox = sandboxOf(invocation);
    await viewTasks({ context, watching, starts, selected: opened, sandbox, keys, ...more });
    // The next dashboard says what happens from now on.
    for (const one of seen()) await writeClosedFile(one, systemClock.now()).catch(() => {});
  } catch (error) {
    return complain(
      `The dashboard failed (${errorMessage(error)}). Tasks keep running. Reopen with: autonomous-tui${invocation.all ? ' --all' : ''}`,
      exitCodes.failed,
    );
  } finally {
    await watching.observer.close();
  }
  sayWhatGoesOn(watching.store, invocation);
  return exitCodes.done;
}

type Watched = {
  watching: Watching;
  away?: Away;
  /** The projects whose tasks the user has seen. */
  seen(): readonly ProjectPaths[];
};

async function watchOne(
  invocation: Invocation,
  context: CommandContext,
  { track }: PendingStarts,
): Promise<Watched> {
  const { paths, configuration } = context;
  const runnerClient = track(runnerClientFor(invocation, context));
  const { worktree: isGiven } = invocation.sessionOptions;
  const given = isGiven === undefined ? null : isGiven ? 'always' : 'never';
  const worktree = given ?? configuration.worktree;
  const closedAt = await readClosedFile(paths);
  const own = watchProject({ context, runnerClient, closedAt, worktree });
  return { ...own, seen: () => [paths] };
}

function watchAll(
  invocation: Invocation,
  { paths }: CommandContext,
  { track }: PendingStarts,
): Watched {
  const watching = watchTasks(allProjects({ invocation, paths, track }), 'all projects');
  const { home } = paths;
  const seen = (): readonly ProjectPaths[] =>
    (watching.store.board().projects ?? [])
      .filter(({ problem }) => problem === null)
      .map(({ project }) => ({ project, home }));
  return { watching, seen };
}

/** Printed after the screen is gone: quitting has stopped nothing. */
function sayWhatGoesOn(store: Store, { all }: Pick<Invocation, 'all'>): void {
  const { projects } = store.board();
  const running = store.board().tasks.filter(({ state }) => hasRunner(state));
  if (running.length === 0) return;
  const names = running.map((task) => labelAmong(task, projects)).join(', ');
  const count = running.length === 1 ? '1 task is' : `${running.length} tasks are`;
  process.stdout.write(
    `${count} still running: ${names}. Reopen with: autonomous-tui${all ? ' --all' : ''}\n`,
  );
}
