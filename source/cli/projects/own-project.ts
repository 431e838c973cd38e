// The one project of a dashboard, or of the demo: its source, the board that watches it, and what happened meanwhile.

import { cleanLine } from '../../core/text/clean.ts';
import type { RunnerClient } from '../../engine/tasks/runner-client.ts';
import { homeRelative } from '../../system/project.ts';
import type { WorktreeSetting } from '../../system/configuration.ts';
import { worktreesIn } from '../../system/worktree/can-have.ts';
import type { CommandContext } from '../command-context.ts';
import { watchTasks, type Watching } from '../screen/view-tasks.ts';
import { awayDeps, type Away } from '../deps/away-deps.ts';
import { projectSource } from './project-source.ts';

type OwnProject = {
  context: CommandContext;
  runnerClient: RunnerClient;
  /** What the screen calls the project. Default: its path. */
  name?: string;
  /** When the last dashboard of the project was closed, epoch ms. Default: not known, so nothing is said of it. */
  closedAt?: number | null;
  /** For new tasks. Default: there are no worktrees. */
  worktree?: WorktreeSetting;
};

export function watchProject(own: OwnProject): { watching: Watching; away: Away } {
  const { context, runnerClient, closedAt = null, worktree } = own;
  const { paths, configuration } = context;
  let hasWorktrees = (): boolean => false;
  const ready =
    worktree === undefined
      ? Promise.resolve()
      : worktreesIn(paths.project).then((has) => void (hasWorktrees = has));
  const source = projectSource({
    paths,
    runnerClient,
    configuration: () => configuration,
    worktree: () => (worktree !== undefined && hasWorktrees() ? worktree : null),
    readReport: () => away.readReport(),
  });
  const name = own.name ?? cleanLine(homeRelative(paths.project));
  const watching = { ...watchTasks(source, name), ready };
  const away = awayDeps({ paths, configuration, store: watching.store, since: closedAt });
  return { watching, away };
}
